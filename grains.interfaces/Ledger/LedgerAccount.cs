namespace Gamification.Ledger;

/// <summary>
/// Between what a posting moves. The first four are the member's, the others the programme's. A member's account holds what the member has,
/// and <see cref="Debt"/> what it owes, below zero; a programme account holds what came to it less what it gave. Together they are always zero.
/// </summary>
public enum LedgerAccount
{
    Available,

    /// <summary>Earned and not to be spent yet.</summary>
    Pending,

    /// <summary>Set aside for a redemption under way.</summary>
    Held,

    Debt,

    /// <summary>The source of what is earned: minus the issuance.</summary>
    Issued,

    /// <summary>The source of gestures by agents.</summary>
    Granted,

    /// <summary>The counterpart of corrections, both ways.</summary>
    Corrected,

    Redeemed,

    /// <summary>Breakage: what nobody spent in time.</summary>
    Expired,

    /// <summary>What returns took back, in full: from the member, from breakage, or written off.</summary>
    ClawedBack,

    /// <summary>Minus what a return could take from nobody (spec §8).</summary>
    WrittenOff,

    /// <summary>Minus the debt that was let go.</summary>
    Forgiven,

    /// <summary>What went to or came from another of the member's accounts; zero over the two of a merge.</summary>
    Merged,
}

/// <summary>Why a posting was made.</summary>
public enum PostingKind
{
    Earned,

    /// <summary>The part of an earning that pays debt.</summary>
    DebtPaid,

    Activated,

    /// <summary>Dated at the end of the last valid day.</summary>
    Expired,

    /// <summary>An activity that came late shows that they had not expired (spec §6).</summary>
    ExpiryReversed,

    /// <summary>Valid for longer. Moves nothing.</summary>
    Extended,

    Held,

    HoldConfirmed,

    HoldVoided,

    /// <summary>Dated at the hold's end.</summary>
    HoldTimedOut,

    Redeemed,

    /// <summary>Spent on goods that came back.</summary>
    SpendRestored,

    ClawedBack,

    /// <summary>The part of a return that the member owes.</summary>
    DebtIncurred,

    /// <summary>The part of a return beyond the floor of the debt. To be looked at by the operator.</summary>
    WrittenOff,

    DebtForgiven,

    /// <summary>A gesture by an agent.</summary>
    Granted,

    /// <summary>An earlier mistake put right; corrections are new postings, always with a reason.</summary>
    Corrected,

    MergedOut,

    MergedIn,

    UnmergedOut,

    UnmergedIn,
}
