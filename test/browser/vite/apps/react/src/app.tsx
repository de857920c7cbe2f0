import { Book } from "./book";
import { Counter } from "./counter";
import { Profile } from "./profile";
import { ran } from "./runs";

ran("app");

export function App() {
  return (
    <>
      <Counter />
      <Profile />
      <Book />
    </>
  );
}
