namespace Gamification.Tests.Rules.Ledger;

/// <summary>Something asked of a ledger at an instant, in terms that the real one and the naive one both understand.</summary>
internal abstract record LedgerFact(DateTimeOffset At);

internal sealed record EarnFact(DateTimeOffset At, string Source, long Amount, DateTimeOffset OccurredAt, int PendingDays, bool AwaitsAction) : LedgerFact(At);

internal sealed record ActivateFact(DateTimeOffset At, string Source) : LedgerFact(At);

internal sealed record TouchFact(DateTimeOffset At, DateTimeOffset OccurredAt) : LedgerFact(At);

internal sealed record RedeemFact(DateTimeOffset At, string Id, long Amount) : LedgerFact(At);

internal sealed record HoldFact(DateTimeOffset At, string Id, long Amount) : LedgerFact(At);

internal sealed record ConfirmFact(DateTimeOffset At, string Id) : LedgerFact(At);

internal sealed record VoidFact(DateTimeOffset At, string Id) : LedgerFact(At);

internal sealed record ClawBackFact(DateTimeOffset At, string Source, long Amount) : LedgerFact(At);

internal sealed record RestoreFact(DateTimeOffset At, string Redemption, long Amount) : LedgerFact(At);

internal sealed record GrantFact(DateTimeOffset At, string Id, long Amount) : LedgerFact(At);

internal sealed record CorrectFact(DateTimeOffset At, string Id, long Amount) : LedgerFact(At);

internal sealed record ExtendFact(DateTimeOffset At, DateOnly Through) : LedgerFact(At);

internal sealed record ForgiveFact(DateTimeOffset At) : LedgerFact(At);

/// <summary>What both say about an instant.</summary>
internal sealed record LedgerPicture(long Available, long Pending, long Held, long Owed, string Lots);
