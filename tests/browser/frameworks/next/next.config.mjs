export default { output: 'export', basePath: '/app', images: { unoptimized: true } };
