ran.push('classic-2');
