/* disasm.c -- see disasm.h. */
#include "vm/bytecode/disasm.h"

#include "vm/base/float_text.h"

static void print_string(FILE *out, ImageString s) {
  fputc('\'', out);
  for (uint32_t i = 0; i < s.size && i < 60; i++) {
    uint8_t byte = (uint8_t)s.bytes[i];
    if (byte == '\n') fputs("\\n", out);
    else if (byte == '\'' || byte == '\\') fprintf(out, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7F) fprintf(out, "\\x%02x", byte);
    else fputc(byte, out);
  }
  fputs(s.size > 60 ? "'..." : "'", out);
}

static void print_float(FILE *out, double v) {
  char text[FLOAT_REPR_SIZE];
  fwrite(text, 1, float_repr(v, text), out);
}

static void constant_print(FILE *out, const Image *image, uint32_t constant) {
  ImageConstant k = image_constant(image, constant);
  switch (k.tag) {
  case CONSTANT_NONE: fputs("None", out); break;
  case CONSTANT_TRUE: fputs("True", out); break;
  case CONSTANT_FALSE: fputs("False", out); break;
  case CONSTANT_ELLIPSIS: fputs("...", out); break;
  case CONSTANT_INT: fprintf(out, "%lld", (long long)k.integer); break;
  case CONSTANT_BIG_INT: fprintf(out, "hex %s", image_string(image, k.string).bytes); break;
  case CONSTANT_FLOAT: print_float(out, k.real); break;
  case CONSTANT_COMPLEX:
    fputc('(', out);
    print_float(out, k.real);
    fputs(", ", out);
    print_float(out, k.imaginary);
    fputs("j)", out);
    break;
  case CONSTANT_STR: print_string(out, image_string(image, k.string)); break;
  case CONSTANT_BYTES:
    fputc('b', out);
    print_string(out, (ImageString){(const char *)k.bytes, k.size, 0});
    break;
  case CONSTANT_TUPLE:
  case CONSTANT_FROZENSET:
    fputs(k.tag == CONSTANT_TUPLE ? "(" : "frozenset(", out);
    for (uint32_t i = 0; i < k.count; i++) {
      if (i) fputs(", ", out);
      constant_print(out, image, image_item(&k.items));
    }
    fputs(k.count == 1 ? ",)" : ")", out);
    break;
  case CONSTANT_CODE: {
    ImageFunction f;
    image_function(image, k.function, &f);
    fprintf(out, "code %s", image_string(image, f.qualname).bytes);
    break;
  }
  default: break;
  }
}

static void print_register(FILE *out, const ImageFunction *f, int32_t reg) {
  if ((uint32_t)reg < function_near_locals(f))
    fprintf(out, "%s", image_string(f->image, function_local(f, (uint32_t)reg)).bytes);
  else fprintf(out, "r%d", reg);
}

static void print_operand(FILE *out, const ImageFunction *f, uint8_t kind, int32_t value) {
  switch (kind) {
  case OPERAND_OUT:
  case OPERAND_IN:
  case OPERAND_BASE: print_register(out, f, value); break;
  case OPERAND_CONST: constant_print(out, f->image, function_constant(f, (uint32_t)value)); break;
  case OPERAND_NAME:
    fprintf(out, "'%s'", image_string(f->image, function_name(f, (uint32_t)value)).bytes);
    break;
  case OPERAND_JUMP: fprintf(out, "-> %d", value); break;
  case OPERAND_INDEX:
    fprintf(out, "[%s]", image_string(f->image, function_free(f, (uint32_t)value)).bytes);
    break;
  case OPERAND_INT: fprintf(out, "%d", value); break;
  default: fprintf(out, "#%d", value); break;
  }
}

/* One line an instruction: offset, line, name, operands with what they mean. */
static void disasm_function(FILE *out, const ImageFunction *f) {
  fprintf(out, "%s: line %u, %u registers, %u arguments\n",
          image_string(f->image, f->qualname).bytes, f->firstlineno, f->register_count,
          f->argcount + f->kwonlycount);
  const uint8_t *at = f->code, *end = f->code + f->code_size;
  LineIterator lines;
  line_iterator_init(&lines, f);
  int32_t shown = -1;
  while (at < end) {
    uint32_t offset = (uint32_t)(at - f->code);
    Insn insn;
    at = op_decode(at, &insn);
    while (lines.end <= offset && line_iterator_next(&lines)) {}
    int32_t line = lines.position.line;
    if (line != shown && line > 0) fprintf(out, "%6d", line);
    else fputs("      ", out);
    shown = line;
    const OpInfo *info = &op_info[insn.op];
    fprintf(out, " %5u  %-20s", offset, info->name);
    for (int i = 0; i < info->operand_count; i++) {
      fputs(i ? ", " : " ", out);
      print_operand(out, f, info->operands[i].kind, insn.operand[i]);
    }
    fputc('\n', out);
  }
  for (uint32_t i = 0; i < f->range_count; i++) {
    ExceptionRange r = function_range(f, i);
    fprintf(out, "       %u..%u -> %u with r%u\n", r.start, r.end, r.target, r.reg);
  }
}

void disasm_image(FILE *out, const Image *image) {
  for (uint32_t i = 0; i < image->header->function_count; i++) {
    ImageFunction f;
    image_function(image, i, &f);
    if (i) fputc('\n', out);
    disasm_function(out, &f);
  }
}

void image_dump(FILE *out, const Image *image) {
  const ImageHeader *h = image->header;
  fprintf(out, "image of %s\n", image_string(image, h->filename).bytes);
  fprintf(out, "  size %u, version %016llx, checksum %016llx\n", h->size,
          (unsigned long long)h->version, (unsigned long long)h->checksum);
  fprintf(out, "  %u functions, %u strings, %u constants, %u bytes of line tables\n",
          h->function_count, h->string_count, h->constant_count, h->size - h->cold);
  for (uint32_t i = 0; i < h->function_count; i++) {
    ImageFunction f;
    image_function(image, i, &f);
    fprintf(out,
            "  function %u %s: %u bytes of code, %u registers, %u names, %u constants, %u ranges\n",
            i, image_string(image, f.qualname).bytes, f.code_size, f.register_count, f.name_count,
            f.constant_count, f.range_count);
  }
  for (uint32_t i = 0; i < h->string_count; i++) {
    fprintf(out, "  string %u ", i);
    print_string(out, image_string(image, i));
    fputc('\n', out);
  }
  for (uint32_t i = 0; i < h->constant_count; i++) {
    fprintf(out, "  constant %u ", i);
    constant_print(out, image, i);
    fputc('\n', out);
  }
}
