// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { PasswordField } from "#ui/parts/password-field.tsx";

afterEach(cleanup);

const field = () => screen.getByLabelText("Password") as HTMLInputElement;
const show = () =>
  render(
    <PasswordField
      id="password"
      label="Password"
      value="Secret"
      onInput={() => {}}
      describedBy="help"
      invalid={false}
      innerRef={{ current: null }}
    />,
  );

it("tells that Caps Lock is on, as soon as a key shows it, and no longer than that", () => {
  show();
  const press = (capsLock: boolean) => {
    const event = new KeyboardEvent("keydown", { key: "a", bubbles: true });
    Object.assign(event, { getModifierState: (name: string) => name === "CapsLock" && capsLock });
    fireEvent(field(), event);
    return screen.getByRole("status").textContent;
  };
  expect(press(false)).toBe("");
  expect(press(true)).toBe("Caps Lock is on.");
  expect(press(false)).toBe("");
});

it("shows what was typed only while it is asked to", () => {
  show();
  expect(field().type).toBe("password");
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  expect([field().type, field().value]).toEqual(["text", "Secret"]);
  fireEvent.click(screen.getByRole("button", { name: "Hide" }));
  expect(field().type).toBe("password");
});
