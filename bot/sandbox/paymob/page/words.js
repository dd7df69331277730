/** What the checkout page says, in English and Arabic, and how it writes money and time. */

const WORDS = {
  en: {
    brand: "Paymob",
    test: "Sandbox",
    note: "This is a stand-in for the payment gateway. It runs on this computer, and no money moves.",
    other: "العربية",
    title: (merchant) => `Pay ${merchant}`,
    payTo: "You pay",
    total: "Total",
    order: "Order",
    how: "Pay with",
    card: "Card",
    cardHint: "MasterCard ending in 2346",
    wallet: "Mobile wallet",
    walletHint: "Number 010 1010 1010",
    kiosk: "Kiosk",
    kioskHint: "You pay later, at a shop near you",
    pay: (money) => `Pay ${money}`,
    otherwise: "Or see what happens when",
    decline: "The bank declines",
    payTwice: "It is paid twice",
    leave: "I leave without paying",
    working: "One moment…",
    expiresIn: (time) => `Expires in ${time}`,
    declined: "Your bank declined the payment. You can try again.",
    paid: "Paid",
    paidText: "Your payment was accepted.",
    pending: "Waiting for the payment",
    pendingText: "It is not decided yet. This page may be closed.",
    failed: "Declined",
    failedText: "Your bank declined the payment. No money was taken.",
    left: "Nothing was paid",
    leftText: "You can close this page.",
    expired: "This checkout has expired",
    expiredText: "No money was taken. Ask for a new one where you came from.",
    missing: "There is no such checkout",
    missingText: "The link is incomplete, or it belongs to somebody else.",
    offline: "The server does not answer",
    offlineText: "Nothing was lost. Load this page again in a moment.",
    back: (merchant) => `Back to ${merchant}`,
    goingBack: (merchant) => `Taking you back to ${merchant}…`,
  },
  ar: {
    brand: "Paymob",
    test: "تجريبي",
    note: "هذا بديل محلي لبوابة الدفع يعمل على هذا الجهاز، ولا تُحوَّل فيه أي أموال.",
    other: "English",
    title: (merchant) => `الدفع إلى ${merchant}`,
    payTo: "تدفع إلى",
    total: "الإجمالي",
    order: "طلب رقم",
    how: "طريقة الدفع",
    card: "بطاقة",
    cardHint: "ماستركارد تنتهي بـ 2346",
    wallet: "محفظة إلكترونية",
    walletHint: "رقم ⁦010 1010 1010⁩",
    kiosk: "منفذ دفع",
    kioskHint: "تدفع لاحقًا في أقرب منفذ إليك",
    pay: (money) => `ادفع ${money}`,
    otherwise: "أو جرّب ما يحدث عندما",
    decline: "يرفض البنك العملية",
    payTwice: "يتم الدفع مرتين",
    leave: "أغادر دون دفع",
    working: "لحظة من فضلك…",
    expiresIn: (time) => `تنتهي المهلة بعد ${time}`,
    declined: "رفض البنك العملية. يمكنك المحاولة مرة أخرى.",
    paid: "تم الدفع",
    paidText: "قُبلت عملية الدفع.",
    pending: "في انتظار الدفع",
    pendingText: "لم تُحسم العملية بعد. يمكنك إغلاق هذه الصفحة.",
    failed: "رُفضت العملية",
    failedText: "رفض البنك العملية، ولم يُخصم أي مبلغ.",
    left: "لم يُدفع شيء",
    leftText: "يمكنك إغلاق هذه الصفحة.",
    expired: "انتهت مهلة الدفع",
    expiredText: "لم يُخصم أي مبلغ. اطلب رابط دفع جديدًا.",
    missing: "رابط الدفع غير صحيح",
    missingText: "الرابط ناقص أو لا يخصك.",
    offline: "الخادم لا يستجيب",
    offlineText: "لم يُفقد شيء. أعد تحميل الصفحة بعد قليل.",
    back: (merchant) => `العودة إلى ${merchant}`,
    goingBack: (merchant) => `جارٍ إعادتك إلى ${merchant}…`,
  },
};

const LOCALES = { en: "en-EG", ar: "ar-EG-u-nu-latn" };

export const languageOf = (code) => (String(code ?? "").toLowerCase().startsWith("ar") ? "ar" : "en");
export const directionOf = (language) => (language === "ar" ? "rtl" : "ltr");
export const wordsOf = (language) => WORDS[language];

/** Keeps a name in other letters from turning the sentence around it. */
export const apart = (name) => `\u2068${name}\u2069`;

/** 45000 → "EGP 450.00" */
export function money(cents, currency, language) {
  return new Intl.NumberFormat(LOCALES[language], { style: "currency", currency }).format(cents / 100);
}

/** 83 → "1:23" */
export function remaining(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const padded = (number) => String(number).padStart(2, "0");
  return apart(hours ? `${hours}:${padded(minutes)}:${padded(rest)}` : `${minutes}:${padded(rest)}`);
}
