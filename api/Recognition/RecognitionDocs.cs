namespace Gamification.Api;

internal static class RecognitionDocs
{
    public const string Recognition = """
        {
          "tier": {
            "id": "silver", "name": { "fr": "Argent", "nl": "Zilver", "en": "Silver" }, "spend": 320, "engagement": 12,
            "next": "gold", "nextName": { "fr": "Or", "nl": "Goud", "en": "Gold" }, "missingSpend": 680, "missingEngagement": 0, "both": false,
            "how": {
              "fr": "Or : 1 000 points de statut grâce aux achats, sur une année civile.",
              "nl": "Goud: 1.000 statuspunten met aankopen, in een kalenderjaar.",
              "en": "Gold: 1,000 status points from purchases, in a calendar year."
            },
            "benefits": []
          },
          "badges": [
            {
              "id": "explorer", "name": { "fr": "Explorateur", "nl": "Ontdekker", "en": "Explorer" }, "level": 1, "levels": 2, "times": 1, "done": 4, "needed": 10,
              "awardedOn": "2026-11-21", "revokedOn": null,
              "how": {
                "fr": "Explorateur : un achat, dans 3 ou 10 magasins différents.",
                "nl": "Ontdekker: een aankoop, in 3 of 10 verschillende winkels.",
                "en": "Explorer: a purchase, in 3 or 10 different stores."
              }
            }
          ],
          "streaks": [
            {
              "id": "weekly-visit", "name": { "fr": "Habitué", "nl": "Stamgast", "en": "Regular" }, "per": "week", "current": 3, "since": "2026-11-02", "best": 7,
              "done": true, "freezes": 1, "frozen": [], "silent": false,
              "how": { "fr": "Habitué : un achat, chaque semaine.", "nl": "Stamgast: een aankoop, elke week.", "en": "Regular: a purchase, each week." },
              "says": { "fr": "Belle série : 3 semaines.", "nl": "Mooie reeks: 3 weken.", "en": "A fine streak: 3 weeks." }
            }
          ],
          "cards": [
            {
              "id": "coffee", "name": { "fr": "Carte café", "nl": "Koffiekaart", "en": "Coffee card" }, "stamps": 8, "needed": 10, "filled": 2,
              "how": { "fr": "Carte café : 10 tampons = « Un café ».", "nl": "Koffiekaart: 10 stempels = ‘Een koffie’.", "en": "Coffee card: 10 stamps = “A coffee”." }
            }
          ],
          "plans": [],
          "perks": [{ "id": "delivery", "name": { "fr": "Livraison offerte", "nl": "Gratis levering", "en": "Free delivery" }, "plan": null, "tier": "silver", "until": null }],
          "home": { "zone": "Europe/Brussels", "from": null }
        }
        """;

    public static readonly OperationDoc Post = new("recogniseMember", "Members", "Do something about a member's recognition",
        "`kind` says what: `start-plan`, `renew-plan` (`plan`, `reference` of the payment, `amount`), `fail-plan-payment`, `cancel-plan` (`plan`), `refund-plan` (`plan`, `reference`), "
        + "`use-perk` (`plan`, `worth`), `give-badge` (`badge`, `reason`, perhaps `scope`), `take-badge` (`badge`, `reason`, perhaps `level`, `scope`), `bridge-streaks` after an incident "
        + "(`from`, `to` exclusive, perhaps `streak`), `take-vacation` (`streak`, `from`, `to`), `repair-streak` (`streak`, `date`), `silence-streak` (`streak`, perhaps `silent` false), "
        + "`judge-fraud` (`reason`), `move-home` (`zone`, an IANA name: what happens in no store is dated by it from the next midnight, once in 30 days). `id` is the caller's: the same command again under it is answered with the first result. A member asks for its own holidays, repairs, silence and home. "
        + "`recognised` says what came of it; `refund` is the money that the member gets back.")
    {
        Permission = Operation.Recognise,
        Parameters = [new("member", "A public id as boards show it, or `me` with a member token.", "K7Q2M9XA")],
        Request = """{ "id": "pay-7781", "kind": "start-plan", "plan": "club", "reference": "psp-7781", "amount": 4.99 }""",
        Answer = new(201, "Done. A repeat is answered with 200 and `replayed: true`.",
            """{ "replayed": false, "refund": 0, "recognised": [{ "fr": "« Le Club » est actif.", "nl": "‘De Club’ is actief.", "en": "“The Club” is active." }] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.InvalidDocument, ProblemKind.CommandConflict, ProblemKind.RefusedCommand],
    };
}
