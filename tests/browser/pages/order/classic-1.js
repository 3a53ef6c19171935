ran.push('classic-1');
