using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Recognition;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Rules.Challenges;

/// <summary>A store and its IANA zone, as they were when the run was scheduled: a zone that changes later rewrites nothing.</summary>
public readonly record struct StoreZone(string Store, string Zone);

/// <summary>Facts of one run of a challenge, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record RunEntry
{
    public sealed record Drafted(Challenge Challenge, string By, long At) : RunEntry
    {
        public const string Type = "challenge.drafted";
    }

    /// <summary>What members do from <paramref name="From"/> on is looked at.</summary>
    public sealed record Scheduled(string Zone, ImmutableArray<StoreZone> Stores, ImmutableArray<Position> From, string By, long At) : RunEntry
    {
        public const string Type = "challenge.scheduled";
    }

    /// <summary>The same version, wider.</summary>
    public sealed record Widened(Challenge Challenge, string By, long At) : RunEntry
    {
        public const string Type = "challenge.widened";
    }

    /// <summary>Another version took its place; participants see it with the reason.</summary>
    public sealed record Replaced(Challenge Challenge, Wording Reason, string By, long At) : RunEntry
    {
        public const string Type = "challenge.replaced";
    }

    public sealed record Paused(string By, long At) : RunEntry
    {
        public const string Type = "challenge.paused";
    }

    /// <param name="Extends">The end moves by as long as the pause was.</param>
    /// <param name="By">Who resumed it.</param>
    /// <param name="At">When.</param>
    public sealed record Resumed(bool Extends, string By, long At) : RunEntry
    {
        public const string Type = "challenge.resumed";
    }

    public sealed record Ended(Wording Reason, string By, long At) : RunEntry
    {
        public const string Type = "challenge.ended";
    }

    public sealed record Cancelled(Wording Reason, string By, long At) : RunEntry
    {
        public const string Type = "challenge.cancelled";
    }

    /// <summary>The total reached a milestone.</summary>
    public sealed record Latched(int Milestone, long Total, long At) : RunEntry
    {
        public const string Type = "challenge.latched";
    }

    /// <summary>Returns pulled the total below a milestone that had unlocked nothing.</summary>
    public sealed record Unlatched(int Milestone, long Total, long At) : RunEntry
    {
        public const string Type = "challenge.unlatched";
    }

    /// <summary>What the milestone unlocks was granted: it falls back no more.</summary>
    public sealed record Unlocked(int Milestone, string By, long At) : RunEntry
    {
        public const string Type = "challenge.unlocked";
    }

    /// <summary>Nothing after these positions counts.</summary>
    public sealed record Closed(ImmutableArray<Position> Watermark, long At) : RunEntry
    {
        public const string Type = "challenge.closed";
    }

    /// <summary>Standings and prizes are in the archive, as the certificate says.</summary>
    public sealed record Frozen(Certificate Certificate, long At, long Total = 0) : RunEntry
    {
        public const string Type = "challenge.frozen";
    }

    /// <summary>All prizes of the chunks before <paramref name="Through"/> were received, but for these, whose members are no more.</summary>
    public sealed record Posted(int Through, long Received, ImmutableArray<Guid> Gone, long At) : RunEntry
    {
        public const string Type = "challenge.posted";
    }

    /// <summary>All members of the standings' chunks before <paramref name="Through"/> were told which milestone they reached together, for their badges.</summary>
    public sealed record Shared(int Through, long At) : RunEntry
    {
        public const string Type = "challenge.shared";
    }

    public sealed record Settled(long At) : RunEntry
    {
        public const string Type = "challenge.settled";
    }

    /// <summary>What this slot of the standings had won was taken back because of fraud. No rank changes.</summary>
    public sealed record Adjusted(Guid Slot, string Reason, string By, long At) : RunEntry
    {
        public const string Type = "challenge.adjusted";
    }
}
