// Forgets what was answered on the three days, so that they can be walked again.

document.querySelector('#again').addEventListener('click', () => {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('change:')) localStorage.removeItem(key);
  const first = document.querySelector('[data-day=until]').href;
  const gone = indexedDB.deleteDatabase('change');
  // Another tab may hold the database: it lets go of it, or this page goes on without.
  for (const how of ['onsuccess', 'onerror', 'onblocked']) gone[how] = () => location.assign(first);
});
