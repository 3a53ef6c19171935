// A change of the demo company's policy, for tests: statistics are kept for longer.

export const kDays = {
  notify_from: '2031-01-01',
  feedback_until: '2031-01-20',
  effective_at: '2031-02-01',
};
/** Days before it is announced, while it is, and once it holds. */
export const kUntold = '2030-12-01';
export const kBefore = '2031-01-10';
export const kAfter = '2031-02-10';

/** Announces it; what is served on a day is built by `on(day)`. */
export const announceLonger = ({ company }, days = kDays) =>
  company.announce(days, (authored) => {
    const analytics = authored.purposes.find(({ id }) => id === 'analytics');
    analytics.retention[0].period = 'P5Y';
  });
