/* panel.c -- the module _curses_panel: windows that lie above each other. */
#include "vm/base/libraries.h"
#if WITH_CURSES
#include "vm/contracts/import.h"
#include "vm/modules/curses/curses.h"

#include <panel.h>

/* Law: the library's panel points back to this; panel is NULL once its window is gone. */
typedef struct Panel {
  Object h;
  PANEL *panel;       /* [owned] */
  Window *window;     /* [gc] */
  Value object;       /* userptr(); VALUE_UNBOUND: none */
  struct Panel *next; /* [borrowed: the list in state] */
} Panel;

#define NATIVE_DEF "vm/modules/curses/panel.def"
#define NATIVE_PREFIX pane_
#define NATIVE_SELF Panel *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/curses/panel_module.def"
#define NATIVE_PREFIX panels_
#include "vm/contracts/native_class.inc"

static struct {
  Value error; /* the class _curses_panel.error; registered by the first import */
  Panel *all;  /* [borrowed: they are alive, or being destroyed] */
} state = {.error = VALUE_NONE};

static Value result_of(VM *vm, int result, const char *function) {
  if (result != ERR) return VALUE_NONE;
  return raise_error(vm, (Type *)value_object(state.error), "%s() returned ERR", function);
}

/* ---- the beginning and end of panels */
static Value panels_new_panel(VM *vm, Value self, const panels_new_panel_args *a) {
  Panel *panel = heap_new_zeroed(vm, SHAPE_OF(curses_panel), sizeof *panel);
  panel->object = VALUE_UNBOUND;
  panel->panel = new_panel(a->win->window);
  if (!panel->panel)
    return raise_error(vm, (Type *)value_object(state.error), "curses function returned NULL");
  set_panel_userptr(panel->panel, panel);
  panel->window = a->win;
  panel->next = state.all;
  state.all = panel;
  heap_track_destroy(vm, &panel->h);
  return value_from(panel);
}
static void end_panel(Panel *self) {
  if (self->panel) del_panel(self->panel);
  self->panel = NULL;
}
/* A panel and its window may die together, and the library looks at the window of a panel that
** ends. */
void curses_end_panels(const WINDOW *window) {
  for (Panel *at = state.all; at; at = at->next)
    if (at->panel && panel_window(at->panel) == window) end_panel(at);
}
static void destroy_panel(VM *vm, Object *object) {
  Panel *self = (Panel *)object, **link = &state.all;
  while (*link && *link != self) link = &(*link)->next;
  if (*link) *link = self->next;
  end_panel(self);
}
static void trace_panel(Marker *marker, Object *object) {
  const Panel *self = (const Panel *)object;
  mark_object(marker, self->window);
  mark_value(marker, self->object);
}

/* ---- their order */
static Value object_of(const PANEL *panel) {
  return panel ? value_from((void *)panel_userptr(panel)) : VALUE_NONE;
}
static Value pane_above(VM *vm, Panel *self, const pane_above_args *a) {
  return object_of(panel_above(self->panel));
}
static Value pane_below(VM *vm, Panel *self, const pane_below_args *a) {
  return object_of(panel_below(self->panel));
}
static Value panels_bottom_panel(VM *vm, Value self, const panels_bottom_panel_args *a) {
  return curses_check_screen(vm) ? object_of(panel_above(NULL)) : VALUE_FAIL;
}
static Value panels_top_panel(VM *vm, Value self, const panels_top_panel_args *a) {
  return curses_check_screen(vm) ? object_of(panel_below(NULL)) : VALUE_FAIL;
}
static Value panels_update_panels(VM *vm, Value self, const panels_update_panels_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  update_panels();
  return VALUE_NONE;
}
static Value pane_bottom(VM *vm, Panel *self, const pane_bottom_args *a) {
  return result_of(vm, bottom_panel(self->panel), "bottom");
}
static Value pane_top(VM *vm, Panel *self, const pane_top_args *a) {
  return result_of(vm, top_panel(self->panel), "top");
}
static Value pane_hide(VM *vm, Panel *self, const pane_hide_args *a) {
  return result_of(vm, hide_panel(self->panel), "hide");
}
static Value pane_show(VM *vm, Panel *self, const pane_show_args *a) {
  return result_of(vm, show_panel(self->panel), "show");
}
static Value pane_hidden(VM *vm, Panel *self, const pane_hidden_args *a) {
  return value_bool(panel_hidden(self->panel) == TRUE);
}

/* ---- what they have */
static Value pane_move(VM *vm, Panel *self, const pane_move_args *a) {
  return result_of(vm, move_panel(self->panel, a->y, a->x), "move_panel");
}
static Value pane_replace(VM *vm, Panel *self, const pane_replace_args *a) {
  if (replace_panel(self->panel, a->win->window) == ERR) return result_of(vm, ERR, "replace_panel");
  self->window = a->win;
  heap_barrier_object(vm, self, a->win);
  return VALUE_NONE;
}
static Value pane_window(VM *vm, Panel *self, const pane_window_args *a) {
  return value_from(self->window);
}
static Value pane_set_userptr(VM *vm, Panel *self, const pane_set_userptr_args *a) {
  self->object = a->obj;
  heap_barrier(vm, self, a->obj);
  return VALUE_NONE;
}
static Value pane_userptr(VM *vm, Panel *self, const pane_userptr_args *a) {
  if (self->object != VALUE_UNBOUND) return self->object;
  return raise_error(vm, (Type *)value_object(state.error), "no userptr set");
}

/* ---- the module */
const ClassSpec curses_panel_class = {
    NATIVE_CLASS(pane_),
    .basic_size = sizeof(Panel),
    .trace = trace_panel,
    .destroy = destroy_panel,
};

static bool init(VM *vm, Module *module) {
  /* the screen, and the class of its windows, are that module's */
  if (value_is_fail(import_module(vm, NAME("_curses")))) return false;
  return module_keep_error(vm, module, "_curses_panel", TYPE_OF(Exception), &state.error) &&
         module_add_type(vm, module, TYPE_OF(curses_panel)) &&
         module_add_str(vm, module, "version", "2.1") &&
         module_add_str(vm, module, "__version__", "2.1");
}

const ModuleSpec _curses_panel_module = {
    .name = "_curses_panel",
    NATIVE_FUNCTIONS(panels_),
    .init = init,
};
#endif
