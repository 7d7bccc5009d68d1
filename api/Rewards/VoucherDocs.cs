namespace Gamification.Api;

internal static class VoucherDocs
{
    private const string Body = """{ "voucher": "VOUCHER-TO-USE", "use": "BRU/3/000123", "store": "BRU" }""";

    public static readonly OperationDoc Check = new("checkVoucher", "Vouchers", "Check a voucher",
        "Reads the text of a QR code, scanned or typed. `verdict` is `genuine`, or why not: `unreadable`, `untrusted`, `forged`, `invalid`, `expired`, `revoked`, `unknown`. "
        + "`usable` says whether `use` would take it now. Changes nothing. `store` is for callers without one of their own.")
    {
        Permission = Operation.TakeVouchers,
        Request = """{ "voucher": "VOUCHER-TO-CHECK", "store": "BRU" }""",
        Answer = new(200, "What it is.", $$"""{ "verdict": "genuine", "usable": true, "redemption": {{RedemptionDocs.One}} }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument],
    };

    public static readonly OperationDoc Use = new("useVoucher", "Vouchers", "Take a voucher",
        "Once: what is held is paid with it. `use` is the till's own name for it, as the receipt's number: the same again is answered with the first, another till or receipt is refused. "
        + "A till that took it without a network reports it with its local `date`, at most seven days late.")
    {
        Permission = Operation.TakeVouchers,
        Request = Body,
        Answer = new(200, "Taken.", RedemptionDocs.Step),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownRedemption, ProblemKind.RefusedVoucher],
    };

    public static readonly OperationDoc Void = new("voidVoucher", "Vouchers", "Give a voucher back",
        "For a till that has it in hand. What is held or unused, and what the same store took on the same day, goes back with its points; its serial is revoked for tills without a network.")
    {
        Permission = Operation.TakeVouchers,
        Request = Body.Replace("VOUCHER-TO-USE", "VOUCHER-TO-VOID", StringComparison.Ordinal),
        Answer = new(200, "Given back.", RedemptionDocs.Step),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownRedemption, ProblemKind.RefusedVoucher],
    };

    public static readonly OperationDoc RedeemByCard = new("redeemByCard", "Vouchers", "Redeem for the holder of a card",
        "What a till does for a member who shows the card: pays part of a purchase with points (`steps`), or redeems a reward. It is held for 15 minutes: take its `voucher` when the receipt is closed, "
        + "or give it back. `id` is the till's own: the same again is answered with the first.")
    {
        Permission = Operation.TakeVouchers,
        Request = """{ "card": "2000000001234", "id": "BRU/3/000123", "reward": "mug", "steps": 1, "store": "BRU" }""",
        Answer = new(201, "Held. A repeat is answered with 200 and `replayed: true`.", RedemptionDocs.Step),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownCard, ProblemKind.RedemptionConflict, ProblemKind.RefusedRedemption],
    };

    public static readonly OperationDoc Trust = new("getVoucherKeys", "Vouchers", "Read whom to trust without a network",
        "Public keys (P-256, SubjectPublicKeyInfo) by the number that a voucher names, each with the last day of any voucher that it signed; the serials that were taken back; "
        + "and what the numbers of products on vouchers mean. Fetch it each hour. Vouchers of key 0 are not for tills without a network: they may have timed out.")
    {
        Permission = Operation.ReadVoucherKeys,
        Answer = new(200, "The list.", """
            {
              "programme": 2671283219,
              "keys": [{ "number": 1, "publicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE…", "validThrough": "2028-11-23" }],
              "revoked": ["0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d"],
              "products": [{ "number": 1, "reward": "mug", "sku": "M-1" }]
            }
            """),
    };

    public static readonly OperationDoc Rotate = new("rotateVoucherKey", "Vouchers", "Sign with a new key",
        "From now on. Tills trust the old one for as long as a voucher of it may live, so that nothing printed becomes worthless. `current` is the key that signs now: "
        + "asking again with it changes nothing more.")
    {
        Permission = Operation.ManageVoucherKeys,
        Request = """{ "current": 1 }""",
        Answer = new(200, "All keys, the newest last.", """
            { "keys": [{ "number": 1, "from": "2026-11-21T16:00:00+00:00", "validThrough": "2028-11-23", "by": "programme" }] }
            """),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument],
    };
}
