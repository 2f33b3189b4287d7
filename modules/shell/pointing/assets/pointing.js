// A picture whose parts can be chosen. The server draws it; here it learns to be pressed, keeps the
// focus where it was when it is drawn anew, and shows the chosen part when it lies out of sight.
const shown = new Map();

const press = (root, part, set) => {
  const state = shown.get(root);
  state.n = Date.now();
  set("pointed", { id: part.dataset.id, n: state.n });
};

export default function ({ data, parentElement: root, setStateValue }) {
  let state = shown.get(root);
  if (!state) {
    const box = Object.assign(document.createElement("div"), { className: "sw-pictured" });
    root.append(box);
    state = { box, svg: "", n: 0 };
    shown.set(root, state);
    box.addEventListener("click", (event) => {
      const part = event.target.closest("[data-id]");
      if (part) press(root, part, state.set);
    });
    box.addEventListener("keydown", (event) => {
      const part = event.target.closest("[data-id]");
      if (!part || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      press(root, part, state.set);
    });
  }
  state.set = setStateValue;
  if (state.svg !== data.svg) {
    const held = state.box.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    state.svg = data.svg;
    state.box.innerHTML = data.svg;
    if (held) [...state.box.querySelectorAll("[data-id]")].find((one) => one.dataset.id === held)?.focus();
    const here = state.box.querySelector("[aria-pressed=true]");
    if (here) {
      const place = here.getBoundingClientRect(), frame = state.box.getBoundingClientRect();
      if (place.left < frame.left || place.right > frame.right) {
        state.box.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
      }
    }
  }
  return () => {
    state.box.remove();
    shown.delete(root);
  };
}
