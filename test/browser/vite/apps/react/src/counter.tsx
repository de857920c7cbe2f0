import { useState } from "react";
import { catalogPath } from "./catalog-path";
import { ran } from "./runs";

ran("counter");

export function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button id="counter" title={catalogPath} onClick={() => setCount(count + 1)}>
      {count}
    </button>
  );
}
