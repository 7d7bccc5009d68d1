using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>Facts of one reward's stock, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record ShelfEntry
{
    public sealed record Offered(RewardTerms Terms, string By, long At) : ShelfEntry
    {
        public const string Type = "reward.offered";
    }

    public sealed record Reserved(ReservationId Id, MemberId Member, long Until, long At) : ShelfEntry
    {
        public const string Type = "reward.reserved";
    }

    public sealed record Queued(ReservationId Id, MemberId Member, long At) : ShelfEntry
    {
        public const string Type = "reward.queued";
    }

    /// <summary>Who waited longest has a reservation.</summary>
    public sealed record Promoted(ReservationId Id, long Until, long At) : ShelfEntry
    {
        public const string Type = "reward.promoted";
    }

    public sealed record Confirmed(ReservationId Id, long At) : ShelfEntry
    {
        public const string Type = "reward.confirmed";
    }

    public sealed record Released(ReservationId Id, long At) : ShelfEntry
    {
        public const string Type = "reward.released";
    }

    /// <summary><paramref name="Member"/> tells whose limit has room again.</summary>
    public sealed record Returned(ReservationId Id, MemberId Member, long At) : ShelfEntry
    {
        public const string Type = "reward.returned";
    }

    public sealed record Attended(ReservationId Id, bool Came, long At) : ShelfEntry
    {
        public const string Type = "reward.attended";
    }
}
