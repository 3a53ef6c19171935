export default { base: '/app', build: { format: 'file' }, devToolbar: { enabled: false } };
