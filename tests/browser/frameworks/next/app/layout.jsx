import Link from 'next/link';
import Script from 'next/script';

export default function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <script type="module" src="/avow/avow.js" />
      </head>
      <body>
        <nav>
          <Link id="home" href="/home">
            Home
          </Link>
          <Link id="film" href="/film">
            Film
          </Link>
        </nav>
        {children}
        {/* Every other strategy preloads it, before anybody is asked. */}
        <Script
          id="marked"
          strategy="lazyOnload"
          type="text/plain"
          data-avow="analytics"
          src="/hits/route.js"
        />
      </body>
    </html>
  );
}
