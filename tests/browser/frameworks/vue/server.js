import { renderToString } from 'vue/server-renderer';
import { app } from './app.js';

export const html = () => renderToString(app());
