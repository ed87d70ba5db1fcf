/* str_template.h -- the parser of str.format's replacement fields; also what string.Formatter uses
** through _string. */
#ifndef KRAIT_STR_TEMPLATE_H
#define KRAIT_STR_TEMPLATE_H

#include "vm/objects/str.h"

/* One step: literal text, then perhaps a field. Positions are units of the template. */
typedef struct TemplateField {
  size_t literal_start, literal_end;
  bool has_field, spec_has_fields;
  size_t name_start, name_end, spec_start, spec_end;
  uint32_t conversion; /* 0: none */
} TemplateField;

/* template_next: is there a step? No: the end. *at starts at the range's start. */
MUST_USE Answer template_next(VM *vm, const Str *s, size_t *at, size_t end, TemplateField *field);

/* A field name: what stands first (an index, or a key), then .name and [item] steps. */
typedef struct FieldName {
  const Str *text;
  size_t at, end;
} FieldName;
/* field_name_first: *index is -1 if the first part is no number; its range is [start, end). */
MUST_USE bool field_name_first(VM *vm, FieldName *name, size_t *start, size_t *end, int64_t *index);
/* field_name_next: is there a step (its name or item)? No: the end. */
MUST_USE Answer field_name_next(VM *vm, FieldName *name, bool *is_attribute, size_t *start,
                                size_t *end, int64_t *index);

#endif
