/** A customer of a small bicycle shop. Some names are not ASCII, on purpose. */
export interface CustomerName {
  readonly first: string;
  readonly last: string;
  readonly address: string;
}

export const shopAddress = "support@lindenrad.example";

export const customerNames: readonly [CustomerName, ...CustomerName[]] = [
  { first: "Zoë", last: "Brandt", address: "zoe.brandt@mail.example" },
  { first: "Jürgen", last: "Groß", address: "j.gross@post.example" },
  { first: "María José", last: "Ibáñez", address: "mj.ibanez@correo.example" },
  { first: "Łukasz", last: "Wójcik", address: "lukasz.wojcik@poczta.example" },
  { first: "Aylin", last: "Şahin", address: "aylin.sahin@mail.example" },
  { first: "Thomas", last: "Reed", address: "thomas.reed@mail.example" },
  { first: "美咲", last: "田中", address: "misaki.tanaka@mail.example" },
  { first: "Олена", last: "Коваль", address: "olena.koval@poshta.example" },
  { first: "Siobhán", last: "Ní Bhriain", address: "siobhan@post.example" },
  { first: "Grace", last: "Okafor", address: "grace.okafor@mail.example" },
];

export interface CustomerConcern {
  readonly subject: string;
  readonly email: string;
  /** The messages of the customer in a chat, in order. */
  readonly chat: readonly [string, ...string[]];
}

export const customerConcerns: readonly [CustomerConcern, ...CustomerConcern[]] = [
  {
    subject: "Where is my order 40718?",
    email:
      'the tracking page has shown "handed to carrier" for six days now. Could you find out where my parcel is?',
    chat: [
      "Hi, my order 40718 should have been here on Monday.",
      "The tracking page has not moved for six days.",
      "Ah, good. Could you send it to the parcel shop instead?",
    ],
  },
  {
    subject: "Front light stopped working",
    email:
      "the front light I bought in March goes out as soon as it rains. I still have the receipt. What now?",
    chat: [
      "Hello! The front light I bought in March goes out when it rains.",
      "It is the 40 lux one. I have the receipt.",
      "A new one would be great, thank you.",
    ],
  },
  {
    subject: "Size S instead of M",
    email:
      "I ordered the rain jacket in M and got an S. I would like to swap it, preferably before the weekend.",
    chat: [
      "Hi there, you sent me an S and I ordered an M.",
      "The rain jacket, the yellow one.",
      "Can I swap it in the shop?",
    ],
  },
  {
    subject: "Invoice 2207 counted twice",
    email: "my card was charged twice for invoice 2207 (2 × 89,90 €). Please give one of the two back.",
    chat: [
      "Good morning, you have charged me twice.",
      "Invoice 2207, 89,90 € both times.",
      "How long will that take?",
    ],
  },
  {
    subject: "Service before the summer tour",
    email:
      "we ride along the Danube in June with four bicycles. Can you look at all of them in the week before?",
    chat: [
      "Hi, do you do a check of four bicycles in one go?",
      "In the first week of June, before a tour.",
      "Thursday would suit us.",
      "Wonderful, see you then!",
    ],
  },
  {
    subject: "Do you have child seats?",
    email: "our daughter is two and weighs 13 kg. Which child seat fits a frame with a 34 mm tube?",
    chat: [
      "Hello, which child seat do you recommend for 13 kg?",
      "The tube is 34 mm.",
      "I will take that one 🙂",
    ],
  },
];

export const farewells: readonly [string, ...string[]] = [
  "Thanks, that was all. Bye!",
  "Perfect, thank you. Have a nice day!",
  "Merci, bis bald!",
  "OK, I will wait for your email then.",
];
