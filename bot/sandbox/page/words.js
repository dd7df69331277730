/** What the page itself says, in English and Arabic, and how it writes dates, times and sizes. */

/** Keeps a name in the other direction's letters from turning the sentence around it. */
const apartFrom = (otherLetters) => (name) => (otherLetters.test(name) ? `\u2068${name}\u2069` : name);
const inEnglish = apartFrom(/\p{Script=Arabic}|\p{Script=Hebrew}/u);
const inArabic = apartFrom(/\p{Script=Latin}/u);

const WORDS = {
  en: {
    about: "Pick a person and chat with the bot as they would on their phone. It all happens on this computer.",
    people: "People",
    sideBySide: "Side by side",
    otherLanguage: "العربية",
    clock: "Business clock",
    clockNow: "Time at the center",
    quarterHour: "+15 min",
    oneHour: "+1 h",
    oneDay: "+1 day",
    bot: "bot",
    typing: "typing…",
    connecting: "connecting…",
    message: "Message",
    menu: "Menu",
    commands: "Commands",
    send: "Send",
    start: "Start",
    restart: "Restart bot",
    hint: (name) => `You are ${inEnglish(name)}. Say /start or press Start.`,
    hintTitle: "No messages here yet",
    edited: "edited",
    messages: "Messages",
    keyboard: "Show the buttons",
    hideKeyboard: "Hide the buttons",
    newMessages: "New messages: scroll down",
    shareTitle: "Share your phone number?",
    shareText: (bot) => `${inEnglish(bot)} will see this number:`,
    share: "Share",
    cancel: "Cancel",
    phoneNumber: "Phone number",
    ok: "OK",
    close: "Close",
    copied: "Copied",
    photo: "Photo",
    enlarge: "Enlarge the photo",
    download: (name) => `Download ${inEnglish(name)}`,
    more: "More",
    block: "Block bot",
    unblock: "Unblock bot",
    blocked: "You blocked this bot.",
    noAnswer: "The bot did not answer.",
    offline: "The sandbox does not answer. Is it still running?",
    unsupported: "This kind of button does nothing here.",
    youSaid: "You",
    unread: (count) => `${count} unread`,
    phoneOf: (name) => `${inEnglish(name)}’s phone`,
    spoiler: "Hidden text: press to show",
    paid: "Paid",
    pay: "Pay",
    payMoney: (money) => `Pay ${money}`,
    payTitle: (bot) => `Pay ${inEnglish(bot)}?`,
    payTimeout: "The payment did not go through: the bot did not answer in time. No money was taken.",
    youPaid: (money) => `You paid ${money}`,
    downloadPhoto: "Save the photo",
    scan: "Scan a code",
    scanText: "Choose the picture to scan, or paste what the code says.",
    scanTextAlone: "Choose a picture, or paste what the code says.",
    scanPhotoOf: (name) => `Scan the photo on ${inEnglish(name)}’s phone`,
    scanFile: "Choose a file…",
    scanPaste: "Link or code",
    scanOpen: "Open",
    scanNothing: "There is no code in this picture that can be read.",
    scanForeign: (text) => `This code does not lead to this bot: ${text}`,
  },
  ar: {
    about: "اختر شخصًا وتحدّث مع البوت كما يفعل على هاتفه. كل شيء يجري على هذا الحاسوب.",
    people: "الأشخاص",
    sideBySide: "جنبًا إلى جنب",
    otherLanguage: "English",
    clock: "ساعة العمل",
    clockNow: "الوقت في المركز",
    quarterHour: "+15 دقيقة",
    oneHour: "+ساعة",
    oneDay: "+يوم",
    bot: "بوت",
    typing: "يكتب…",
    connecting: "جارٍ الاتصال…",
    message: "رسالة",
    menu: "القائمة",
    commands: "الأوامر",
    send: "إرسال",
    start: "ابدأ",
    restart: "إعادة تشغيل البوت",
    hint: (name) => `أنت ${inArabic(name)}. اكتب ‎/start أو اضغط «ابدأ».`,
    hintTitle: "لا رسائل هنا بعد",
    edited: "معدّلة",
    messages: "الرسائل",
    keyboard: "إظهار الأزرار",
    hideKeyboard: "إخفاء الأزرار",
    newMessages: "رسائل جديدة: انزل إلى الأسفل",
    shareTitle: "مشاركة رقم هاتفك؟",
    shareText: (bot) => `سيرى ${inArabic(bot)} هذا الرقم:`,
    share: "مشاركة",
    cancel: "إلغاء",
    phoneNumber: "رقم الهاتف",
    ok: "حسنًا",
    close: "إغلاق",
    copied: "تم النسخ",
    photo: "صورة",
    enlarge: "تكبير الصورة",
    download: (name) => `تنزيل ${inArabic(name)}`,
    more: "المزيد",
    block: "حظر البوت",
    unblock: "إلغاء حظر البوت",
    blocked: "لقد حظرت هذا البوت.",
    noAnswer: "لم يُجب البوت.",
    offline: "البيئة التجريبية لا تستجيب. هل ما زالت تعمل؟",
    unsupported: "هذا النوع من الأزرار لا يعمل هنا.",
    youSaid: "أنت",
    unread: (count) => `${count} غير مقروءة`,
    phoneOf: (name) => `هاتف ${inArabic(name)}`,
    spoiler: "نص مخفي: اضغط لإظهاره",
    paid: "تم الدفع",
    pay: "ادفع",
    payMoney: (money) => `ادفع ${money}`,
    payTitle: (bot) => `الدفع إلى ${inArabic(bot)}؟`,
    payTimeout: "لم تتم عملية الدفع: لم يُجب البوت في الوقت المحدد. لم يُخصم أي مبلغ.",
    youPaid: (money) => `دفعت ${money}`,
    downloadPhoto: "حفظ الصورة",
    scan: "مسح رمز",
    scanText: "اختر الصورة التي تريد مسحها، أو الصق نص الرمز.",
    scanTextAlone: "اختر صورة، أو الصق نص الرمز.",
    scanPhotoOf: (name) => `مسح الصورة على هاتف ${inArabic(name)}`,
    scanFile: "اختر ملفًا…",
    scanPaste: "رابط أو رمز",
    scanOpen: "فتح",
    scanNothing: "لا يوجد في هذه الصورة رمز يمكن قراءته.",
    scanForeign: (text) => `هذا الرمز لا يخص هذا البوت: ${text}`,
  },
};

// Western digits in Arabic, too: it is what the bot writes, and what Egyptian phones show.
const LOCALES = { en: "en-GB", ar: "ar-EG-u-nu-latn" };

let timeZone; // undefined: the browser's own

/** Business time is written in the center's zone where the server names one. */
export function setTimeZone(name) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    timeZone = name;
  } catch {
    timeZone = undefined; // a zone that this browser does not know: its own is the next best
  }
}

/** The page speaks Arabic to those whose language is Arabic in any variety, and English to everyone else. */
export function languageOf(code) {
  return /^ar\b/i.test(code ?? "") ? "ar" : "en";
}

export const directionOf = (language) => (language === "ar" ? "rtl" : "ltr");
export const wordsOf = (language) => WORDS[language];

const formatters = new Map();

function format(instant, language, options) {
  const key = JSON.stringify([language, timeZone, options]);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(LOCALES[language], { timeZone, ...options }));
  return formatters.get(key).format(instant);
}

const DAY = { weekday: "short", day: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const timeOfDay = (instant, language) => format(instant, language, TIME);
export const dayOf = (instant, language) => format(instant, language, { ...DAY, month: "long" });
export const shortDayOf = (instant, language) => format(instant, language, { ...DAY, month: "short" });
export const dayKey = (instant) => format(instant, "en", { year: "numeric", month: "2-digit", day: "2-digit" });

/** {currency: "EGP", total_amount: 45000} → "EGP 450.00"; how many digits are behind the point depends on the currency. */
export function moneyOf({ currency, total_amount: minor }, language) {
  const written = new Intl.NumberFormat(LOCALES[language], { style: "currency", currency });
  return written.format(minor / 10 ** written.resolvedOptions().maximumFractionDigits);
}

/** 1536 → "1.5 KB" */
export function fileSize(bytes, language) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const style = { style: "unit", unit: units[power], unitDisplay: power ? "short" : "long", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(LOCALES[language], style).format(bytes / 1024 ** power);
}
