// Lets people see the pass-phrase that they type. Without this script the forms work as well.
(() => {
  const { show, hide } = document.currentScript.dataset;
  for (const field of document.querySelectorAll('input[type="password"]')) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show";
    button.textContent = show;
    button.setAttribute("aria-controls", field.id);
    const turn = (open) => {
      field.type = open ? "text" : "password";
      button.textContent = open ? hide : show;
    };
    button.addEventListener("click", () => { turn(field.type === "password"); field.focus(); });
    // What is sent was a pass-phrase: no browser shall keep it among plain texts.
    field.form.addEventListener("submit", () => turn(false));
    field.after(button);
  }
})();
