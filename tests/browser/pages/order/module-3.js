ran.push('module-3');
