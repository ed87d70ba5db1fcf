/* options.h -- what the command line and the environment ask for: the rows of options.def as
** fields. The driver fills them in; sys.flags shows some. */
#ifndef KRAIT_OPTIONS_H
#define KRAIT_OPTIONS_H

#include <stdbool.h>
#include <stdlib.h>

typedef struct OptionList {
  const char *const *items; /* [owned: the process] */
  int count;
} OptionList;

/* The fields of a kind, see options.def. */
typedef int OptionCount;
typedef bool OptionSwitch;
typedef const char *OptionText;
typedef int OptionMode;
typedef int OptionLimit;
typedef int OptionFrames;
typedef const char *OptionPath;
typedef enum OptionKind {
  OPTION_Count,
  OPTION_Switch,
  OPTION_Text,
  OPTION_Mode,
  OPTION_Limit,
  OPTION_Frames,
  OPTION_Path,
  OPTION_List
} OptionKind;

/* Positions in sys.flags; whether the field is shown as a bool is a bit of them. */
enum { FLAG_NONE = -1, FLAG_IS_BOOL = 64 };
#define FLAG_INT(position) (position)
#define FLAG_BOOL(position) ((position) | FLAG_IS_BOOL)

typedef struct Options {
#define PROGRAM(field, letter, argument, text) OptionText field;
#define LETTER(field, kind, letter, argument, variable, flag, text) Option##kind field;
#define X_OPTION(field, kind, name, argument, variable, flag, text) Option##kind field;
#define FIELD(field, kind, flag) Option##kind field;
#include "vm/core/options.def"
  /* file, folder or zip; with command and module NULL too: standard input */
  const char *script;
  bool dash; /* which was asked for by "-" */
  int argc;
  const char *const *argv; /* what follows the program, command, module or script */
  int orig_argc;
  const char *const *orig_argv; /* the whole command line */
  const char *executable;       /* absolute path of this program, or NULL */
  const char *locale_errors;    /* handler of the standard streams; NULL: "strict" */
  bool has_hash_seed;           /* PYTHONHASHSEED is a number: hash_seed */
  unsigned hash_seed;
} Options;

/* options_variable: the text of a variable of the environment; NULL: not set, empty, or ignored
** (-E, -I). options may be NULL. The name is that of a row of options.def. */
static inline const char *options_variable(const Options *options, const char *name) {
  const char *text = options && options->ignore_environment ? NULL : getenv(name);
  return text && *text ? text : NULL;
}

#endif
