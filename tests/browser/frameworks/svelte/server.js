import { render } from 'svelte/server';
import App from './app.svelte';

export const html = () => render(App, { props: { route: 'film' } }).body;
