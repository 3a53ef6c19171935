import { Film, Stands } from '../stands.jsx';

export default function Page() {
  return (
    <Stands at="film">
      <Film />
    </Stands>
  );
}
