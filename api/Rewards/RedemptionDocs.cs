namespace Gamification.Api;

internal static class RedemptionDocs
{
    private const string Fields = """
        "id": "0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d", "state": "held", "reward": "mug", "kind": "product",
        "name": { "fr": "Tasse", "nl": "Mok", "en": "Mug" }, "money": 0, "steps": 1, "worth": null, "points": 200,
        "until": "2026-11-21T16:19:05.123+00:00", "validThrough": null, "place": null, "cause": null, "voucher": "G1…"
        """;

    internal const string One = $$"""{ {{Fields}} }""";

    internal const string Step = $$"""{ "replayed": false, {{Fields}} }""";

    private static readonly ParameterDoc Member = new("member", "A public id as boards show it, or `me` with a member token.", "K7Q2M9XA");

    private static readonly ParameterDoc Redemption = new("redemption", "Its `id`.", "0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d");

    public static readonly OperationDoc Catalogue = new("getRewards", "Rewards", "Read the rewards as one member may have them",
        "Every reward of the catalogue, in its order: what it is, what it costs, whether this member can pay it now and how much is missing, how many are left, "
        + "and when it cannot be had the code of why. `stepsMax` is how many times a payment with points can be had at once, 1 for everything else; `points` is the price of one. `money` is to be paid beside the points, at the till.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member],
        Answer = new(200, "The catalogue.", """
            {
              "rewards": [
                {
                  "reward": "mug", "kind": "product", "name": { "fr": "Tasse", "nl": "Mok", "en": "Mug" }, "money": 0, "points": 200, "stepsMax": 1,
                  "text": { "fr": "Tasse : un produit M-1 pour 200 points.", "nl": "Mok: een product M-1 voor 200 punten.", "en": "Mug: one product M-1 for 200 points." },
                  "available": false, "affordable": false, "missing": 80, "left": 412,
                  "why": { "code": "insufficient-points", "remedy": "It costs 200 points and 120 can be spent now." }
                }
              ]
            }
            """),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc Redeem = new("redeemReward", "Rewards", "Redeem a reward",
        "Sets one aside with its points, for 15 minutes: until then a till takes its voucher, or `confirm` pays for it, or `cancel` gives everything back; else it ends by itself. "
        + "With `keep` it is paid for at once and its voucher is good for days, also at tills without a network. A seat, a gift to a cause and a status are always at once; "
        + "when all seats are taken, `wait` joins the waiting list. `steps` is for payments with points; `points` is the price that was shown, so that nobody pays another. "
        + "`id` is the app's own for this one redemption: the same again is answered with the first, however late.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member],
        Request = """{ "id": "7c0e-1", "reward": "mug", "steps": 1, "keep": false, "wait": false }""",
        Answer = new(201, "Held, or the member's. A repeat is answered with 200 and `replayed: true`.", Step),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.RedemptionConflict, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc List = new("listRedemptions", "Rewards", "List a member's open rewards",
        "What is held, paid for and not used, booked, or waited for; oldest first. What is over stands on the account's entries.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member],
        Answer = new(200, "Everything open.", $$"""{ "redemptions": [{{One}}] }"""),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember],
    };

    public static readonly OperationDoc Get = new("getRedemption", "Rewards", "Read one redemption",
        "As it stands, with its voucher while a till would take it. On a waiting list it says the place; `offered` means that a seat came free and is kept until `until`.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member, Redemption],
        Answer = new(200, "The redemption.", Step),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownRedemption],
    };

    public static readonly OperationDoc Code = new("getRedemptionCode", "Rewards", "Show the voucher as a QR code",
        "An SVG to show at the till. It says nothing about the member.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member, Redemption],
        Answer = new(200, "The picture.", null, "image/svg+xml"),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownRedemption, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc CodeAsPng = new("getRedemptionCodeAsPng", "Rewards", "Show the voucher as a QR code, in pixels",
        "The same picture as a PNG, for what draws no SVG. It says nothing about the member.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member, Redemption],
        Answer = new(200, "The picture.", null, "image/png"),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownRedemption, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc Confirm = new("confirmRedemption", "Rewards", "Pay for what is held, or take the seat that is offered",
        "Its points are redeemed and its voucher is good for days. Refused when its time is over; confirming again changes nothing.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member, new("redemption", "Its `id`.", "1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a")],
        Answer = new(200, "It is the member's.", Step),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownRedemption, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc Cancel = new("cancelRedemption", "Rewards", "Call off what is held, a seat, or waiting for one",
        "The points come back. A seat can be given back until its reward says so; what was paid for is given back at a till that has its voucher in hand.")
    {
        Permission = Operation.RedeemRewards,
        Parameters = [Member, new("redemption", "Its `id`.", "2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b")],
        Answer = new(200, "It is over.", Step),
        Problems = [ProblemKind.Forbidden, ProblemKind.UnknownMember, ProblemKind.UnknownRedemption, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc Stock = new("getRewardStock", "Rewards", "Read a reward's stock",
        "How many there are, how many are left, taken, being redeemed and waited for; of a workshop also the bookings that nobody has ticked off.")
    {
        Permission = Operation.ManageBookings,
        Parameters = [new("reward", "Its id in the catalogue.", "talk")],
        Answer = new(200, "The stock.", """{ "reward": "talk", "stock": 20, "left": 12, "taken": 8, "open": 0, "waiting": 0, "booked": ["3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c"] }"""),
        Problems = [ProblemKind.UnknownRedemption],
    };

    public static readonly OperationDoc Attend = new("tickBooking", "Rewards", "Say whether the holder of a seat came",
        "The first answer stands. A seat left empty may keep its holder from booking again for a while, as the reward says.")
    {
        Permission = Operation.ManageBookings,
        Parameters = [new("booking", "As the stock lists it.", "3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c")],
        Request = """{ "came": true }""",
        Answer = new(200, "Ticked off.", Step),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownRedemption, ProblemKind.RefusedRedemption],
    };
}
