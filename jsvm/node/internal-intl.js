// A small Intl: English dates and numbers in all zones of the world.
const native = require("tacklebox:intl");
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const pad = (n) => String(n).padStart(2, "0");
const locales = (list) => (Array.isArray(list) ? list : list === undefined ? [] : [list]).map(String);

function dateStyles(options) {
  const out = { ...options };
  const has = (names) => names.some((name) => options[name] !== undefined);
  if (options.dateStyle) {
    out.year = options.dateStyle === "short" ? "2-digit" : "numeric";
    out.month = { short: "numeric", medium: "short" }[options.dateStyle] || "long";
    out.day = "numeric";
    if (options.dateStyle === "full") out.weekday = "long";
  }
  if (options.timeStyle) {
    out.hour = "numeric";
    out.minute = "2-digit";
    if (options.timeStyle !== "short") out.second = "2-digit";
  }
  if (!options.dateStyle && !options.timeStyle && !has(["weekday", "year", "month", "day", "hour", "minute", "second", "timeZoneName", "era"])) {
    out.year = out.month = out.day = "numeric";
  }
  return out;
}

function offsetName(minutes) {
  if (minutes === 0) return "GMT";
  const size = Math.abs(minutes);
  return "GMT" + (minutes < 0 ? "-" : "+") + Math.floor(size / 60) + (size % 60 ? ":" + pad(size % 60) : "");
}

class DateTimeFormat {
  #locale;
  #options;
  #zone;
  constructor(list, options = {}) {
    this.#locale = locales(list)[0] || "en-US";
    this.#options = dateStyles(options);
    const zone = options.timeZone === undefined ? native.local() : String(options.timeZone);
    this.#zone = /^(utc|gmt|etc\/utc|etc\/gmt)$/i.test(zone) ? "UTC" : native.zone(zone);
    if (this.#zone === undefined) throw new RangeError("Invalid time zone specified: " + zone);
    this.format = (date) => this.formatToParts(date).map((part) => part.value).join("");
  }
  static supportedLocalesOf(list) {
    return locales(list).filter((name) => /^en\b/.test(name));
  }
  resolvedOptions() {
    const { dateStyle, timeStyle, ...rest } = this.#options;
    return { ...rest, locale: this.#locale, calendar: "gregory", numberingSystem: "latn", timeZone: this.#zone };
  }
  formatToParts(date) {
    const time = date === undefined ? Date.now() : Number(date);
    if (!Number.isFinite(time)) throw new RangeError("Invalid time value");
    const o = this.#options;
    const [year, month, day, hour, minute, second, weekday, offset, zone] = native.parts(Math.floor(time), this.#zone);
    const out = [];
    const add = (type, value, before) => {
      if (out.length > 0 && before) out.push({ type: "literal", value: before });
      out.push({ type, value: String(value) });
    };
    const number = (n, style) => (style === "2-digit" ? pad(n % 100) : String(n));
    if (o.weekday) add("weekday", o.weekday === "long" ? days[weekday] : days[weekday].slice(0, o.weekday === "narrow" ? 1 : 3));
    const named = o.month === "long" || o.month === "short" || o.month === "narrow";
    if (o.month) {
      const name = { long: months[month - 1], short: months[month - 1].slice(0, 3), narrow: months[month - 1][0] }[o.month];
      add("month", named ? name : number(month, o.month), ", ");
    }
    if (o.day) add("day", number(day, o.day), named ? " " : o.month ? "/" : ", ");
    if (o.year) add("year", number(o.era && year <= 0 ? 1 - year : year, o.year), named ? (o.day ? ", " : " ") : o.day || o.month ? "/" : ", ");
    if (o.era) add("era", year > 0 ? (o.era === "long" ? "Anno Domini" : "AD") : "BC", " ");
    const half = o.hour12 === undefined ? !/^h2[34]$/.test(o.hourCycle || "") : o.hour12;
    if (o.hour) add("hour", half ? number(hour % 12 || 12, o.hour) : pad(hour), ", ");
    if (o.minute) add("minute", o.hour || o.second ? pad(minute) : minute, o.hour ? ":" : ", ");
    if (o.second) add("second", o.minute ? pad(second) : second, o.minute ? ":" : ", ");
    if (o.fractionalSecondDigits) {
      add("fractionalSecond", String(((time % 1000) + 1000) % 1000).padStart(3, "0").slice(0, o.fractionalSecondDigits), ".");
    }
    if (o.hour && half) add("dayPeriod", hour < 12 ? "AM" : "PM", " ");
    if (o.timeZoneName) add("timeZoneName", /^[A-Z]{3,4}$/.test(zone) && !/offset/i.test(o.timeZoneName) ? zone : offsetName(offset), ", ");
    return out;
  }
}

class NumberFormat {
  #options;
  #locale;
  constructor(list, options = {}) {
    this.#locale = locales(list)[0] || "en-US";
    this.#options = options;
    this.format = (value) => this.#text(Number(value));
  }
  static supportedLocalesOf(list) {
    return DateTimeFormat.supportedLocalesOf(list);
  }
  resolvedOptions() {
    return { style: "decimal", ...this.#options, locale: this.#locale, numberingSystem: "latn" };
  }
  formatToParts(value) {
    return [{ type: "literal", value: this.format(value) }];
  }
  #text(value) {
    const o = this.#options;
    if (Number.isNaN(value)) return "NaN";
    const money = o.style === "currency";
    const scaled = Math.abs(o.style === "percent" ? value * 100 : value);
    if (scaled === Infinity) return value < 0 ? "-∞" : "∞";
    const least = o.minimumFractionDigits === undefined ? (money ? 2 : 0) : o.minimumFractionDigits;
    const most = Math.max(least, o.maximumFractionDigits === undefined ? (money ? 2 : o.style === "percent" ? 0 : 3) : o.maximumFractionDigits);
    let [whole, fraction = ""] = scaled.toFixed(most).split(".");
    while (fraction.length > least && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
    whole = whole.padStart(o.minimumIntegerDigits || 1, "0");
    if (o.useGrouping !== false) whole = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    const symbols = { USD: "$", EUR: "€", GBP: "£", JPY: "¥" };
    const unit = money ? symbols[o.currency] || o.currency + " " : "";
    return (value < 0 ? "-" : "") + unit + whole + (fraction ? "." + fraction : "") + (o.style === "percent" ? "%" : "");
  }
}

class PluralRules {
  #ordinal;
  constructor(_, options = {}) {
    this.#ordinal = options.type === "ordinal";
  }
  select(n) {
    if (!this.#ordinal) return n === 1 ? "one" : "other";
    const tens = n % 100;
    if (tens >= 11 && tens <= 13) return "other";
    return { 1: "one", 2: "two", 3: "few" }[n % 10] || "other";
  }
}

class Collator {
  #options;
  constructor(_, options = {}) {
    this.#options = options;
    this.compare = (a, b) => this.#compare(String(a), String(b));
  }
  resolvedOptions() {
    return { locale: "en-US", ...this.#options };
  }
  #compare(a, b) {
    if (this.#options.sensitivity === "base" || this.#options.sensitivity === "accent") [a, b] = [a.toLowerCase(), b.toLowerCase()];
    if (!this.#options.numeric) return a.localeCompare(b);
    const [x, y] = [a, b].map((text) => text.match(/\d+|\D+/g) || []);
    for (let i = 0; i < Math.min(x.length, y.length); i++) {
      const order = /^\d/.test(x[i]) && /^\d/.test(y[i]) ? Number(x[i]) - Number(y[i]) : x[i].localeCompare(y[i]);
      if (order !== 0) return Math.sign(order);
    }
    return x.length - y.length;
  }
}

export const Intl = { DateTimeFormat, NumberFormat, PluralRules, Collator, getCanonicalLocales: locales };
