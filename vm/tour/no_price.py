import kinds

kinds.add([kinds.Item(3), "a text"])
