/* grammar.h -- the grammar of Python 3.11 with its rules for mistakes, for the explaining parser
** (peg.c). Private.
**
** Notation, a rule a string:  name [(memo)]: alternative | alternative …
**   'if' '('     a keyword or operator        "match"  a soft keyword
**   NAME NUMBER STRING NEWLINE INDENT DEDENT ENDMARKER TYPE_COMMENT SOFT_KEYWORD
**   x? x* x+     optional, repeated           ','.x+   one or more with commas between
**   (a | b)      a group                      &x !x    look ahead      ~  no other alternative
**                after this
**   &&':'        must come here, or the message "expected ':'"
**   a=x          captures the value of x; `a` is a mere reminder, captures count in order
**   {Kind}       the value is a node of this kind (a name in ast.def, or In, DoubleStar) that holds
**                the captures
**   {!action}    the value is what the action makes of the captures, often a fault
**                (GRAMMAR_ACTIONS, peg_actions.c)
** Without action the value is the only capture, the sequence of several, or the only item. An
** alternative that consists of one rule whose name begins with invalid_ is tried in the second pass
** alone; a rule that ends with _without_invalid switches them off.
**
** Laws: order of alternatives and look-aheads is CPython's, since how far a parse reads decides
** where "invalid syntax" points; and so are the memo marks, since values found with mistakes
** switched off may be found again with them on. */
#ifndef KRAIT_GRAMMAR_H
#define KRAIT_GRAMMAR_H

extern const char *const grammar_rules[]; /* ends with NULL */

#endif
