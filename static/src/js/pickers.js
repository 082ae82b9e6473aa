// Closes the calendar or clock of a date field, which may lie over the buttons of the page.
// Wagtail's picker opens a moment after its field has the focus: from a keyboard nothing could
// close it, and when Tab was faster than that moment it stayed open for good.
const pickerOf = (field) => window.jQuery && window.jQuery(field).data("xdsoft_datetimepicker");

function close(field) {
  const picker = pickerOf(field);
  if (!picker || !picker.is(":visible")) return false;
  picker.trigger("close.xdsoft");
  return true;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !close(event.target)) return;
    event.stopPropagation(); // the dialog around the field stays open
    event.preventDefault();
  },
  true,
);

document.addEventListener("focusout", ({ target }) => {
  if (!pickerOf(target)) return;
  setTimeout(() => document.activeElement !== target && close(target), 150);
});
