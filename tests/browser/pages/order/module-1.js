ran.push('module-1');
