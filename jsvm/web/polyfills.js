// What the engine lacks of the language.
(() => {
  const add = (owner, members) => {
    for (const name of Reflect.ownKeys(members)) {
      if (!Object.hasOwn(owner, name)) {
        Object.defineProperty(owner, name, { value: members[name], writable: true, configurable: true, enumerable: false });
      }
    }
  };
  Object.defineProperty(Symbol, "asyncIterator", { value: Symbol("Symbol.asyncIterator") });

  add(Object, {
    groupBy(items, keyOf) {
      const groups = Object.create(null);
      let i = 0;
      for (const item of items) (groups[keyOf(item, i++)] ??= []).push(item);
      return groups;
    },
  });
  add(Map, {
    groupBy(items, keyOf) {
      const groups = new Map();
      let i = 0;
      for (const item of items) {
        const key = keyOf(item, i++);
        const group = groups.get(key);
        if (group) group.push(item);
        else groups.set(key, [item]);
      }
      return groups;
    },
  });
  add(Promise, {
    withResolvers() {
      let resolve, reject;
      const promise = new this((yes, no) => { resolve = yes; reject = no; });
      return { promise, resolve, reject };
    },
    try(fn, ...args) { return new this((resolve) => resolve(fn(...args))); },
  });
  add(Array, {
    async fromAsync(items, map, self) {
      const list = [];
      const put = async (item) => {
        const value = await item;
        list.push(map ? await map.call(self, value, list.length) : value);
      };
      if (items[Symbol.asyncIterator]) {
        const iterator = items[Symbol.asyncIterator]();
        for (let step = await iterator.next(); !step.done; step = await iterator.next()) await put(step.value);
      } else if (items[Symbol.iterator]) {
        for (const item of items) await put(item);
      } else {
        for (let i = 0; i < items.length; i++) await put(items[i]);
      }
      return list;
    },
  });
  add(String.prototype, {
    isWellFormed() { return !/[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/.test(String(this)); },
    toWellFormed() {
      let text = "";
      for (const c of String(this)) {
        const code = c.codePointAt(0);
        text += code >= 0xd800 && code <= 0xdfff ? "\ufffd" : c;
      }
      return text;
    },
  });
  add(RegExp, {
    escape(text) {
      const code = (c) => {
        const hex = c.charCodeAt(0).toString(16);
        return hex.length > 2 ? "\\u" + hex.padStart(4, "0") : "\\x" + hex.padStart(2, "0");
      };
      return String(text).replace(/^[0-9a-zA-Z]|[\\^$.*+?()[\]{}|/]|[,\-=<>#&!%:;@~'`"\s]/g,
        (c) => (/[0-9a-zA-Z,\-=<>#&!%:;@~'`"\s]/.test(c) ? code(c) : "\\" + c));
    },
  });
  add(Error, {
    captureStackTrace(target) {
      Object.defineProperty(target, "stack", { value: new Error().stack, writable: true, configurable: true });
    },
  });
})()
