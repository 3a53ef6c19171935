/** Told where the visitor has said no to something; whoever else dispatches it can only deny. */
export const NO = 'avow-no';
