import { Stands } from '../stands.jsx';

export default function Page() {
  return <Stands at="home" />;
}
