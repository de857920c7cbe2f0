import { updateProfileForm } from "./mizan";
import { ran } from "./runs";

ran("profile");

export function Profile() {
  return (
    <ul id="fields">
      {updateProfileForm.fields.map(({ path }) => (
        <li key={path.join()}>{path.join()}</li>
      ))}
    </ul>
  );
}
