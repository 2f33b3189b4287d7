// When a lesson shows another place, begin at its top, with the keyboard and the screen reader
// there too. Streamlit swaps the content under the reader and leaves the page scrolled.
(() => {
  let shown = null;
  const look = () => {
    const mark = document.querySelector("[data-sw-place]");
    const place = mark && mark.dataset.swPlace;
    if (!place || place === shown) return;
    const first = shown === null;
    shown = place;
    if (first) return;
    const main = document.querySelector('[data-testid="stMain"]');
    const target = document.querySelector('[class*="st-key-told"]') || document.querySelector("h1");
    if (main) main.scrollTo(0, 0);
    if (target) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-sw-place"] });
})();
