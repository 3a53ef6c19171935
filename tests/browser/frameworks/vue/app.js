// Two routes, rendered on a server and hydrated; marks stand in what Vue looks after.
import { AvowEmbed, useChoices } from 'avow/vue';
import { Fragment, createSSRApp, h, onBeforeUnmount, onMounted, ref } from 'vue';

const kInline = `(globalThis.ran ??= []).push('inline');`;

const scripts = () => [
  h('script', { type: 'text/plain', 'data-avow': 'analytics', src: '/hits/route.js' }),
  h('script', { type: 'text/plain', 'data-avow': 'analytics', innerHTML: kInline }),
];
const frame = () =>
  h('iframe', { 'data-avow': 'video', 'data-avow-src': '/hits/frame.html', title: 'A frame' });

const film = (stands) =>
  h(Fragment, [
    h(Fragment, scripts()),
    stands ? frame() : null,
    h('h1', 'Film'),
    h(AvowEmbed, {
      ...{ purpose: 'video', src: '/hits/embed.html', title: 'A film' },
      ...{ width: 320, height: 180 },
      onFrame: (frame) => {
        (globalThis.films ??= []).push(frame.title);
      },
    }),
  ]);

const App = {
  props: ['route'],
  setup({ route }) {
    const at = ref(route);
    const stands = ref(false);
    // biome-ignore lint/correctness/useHookAtTopLevel: Vue's setup is the top level
    const choices = useChoices();
    const back = () => {
      at.value = location.hash.slice(1) || 'film';
    };
    onMounted(() => {
      stands.value = true;
      addEventListener('popstate', back);
    });
    onBeforeUnmount(() => removeEventListener('popstate', back));
    const button = (to, name) =>
      h(
        'button',
        {
          id: to,
          type: 'button',
          onClick() {
            history.pushState(null, '', `#${to}`);
            at.value = to;
          },
        },
        name,
      );
    return () =>
      h(
        'main',
        {
          'data-at': at.value,
          'data-stands': String(stands.value),
          'data-granted': choices.value.granted.join(' '),
        },
        [
          h('nav', [button('home', 'Home'), button('film', 'Film')]),
          at.value === 'film' ? film(stands.value) : h('h1', 'Home'),
          h('p', { id: 'end' }, 'The end'),
        ],
      );
  },
};

export const app = () => createSSRApp(App, { route: 'film' });
