// For the edge: the other two keep this process waiting, or want Node's own modules.
import { renderToString } from 'react-dom/server.edge';
import { App } from './app.jsx';

export const html = () => renderToString(<App route="film" />);
