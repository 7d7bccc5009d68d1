using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rewards;

namespace Gamification.Rules.Redeeming;

/// <summary>A reward on an account that is not over: what was promised, as it was promised.</summary>
public sealed record Entitlement
{
    public required EntitlementId Id { get; init; }

    public required ReservationId Reservation { get; init; }

    public required CatalogueReward Reward { get; init; }

    public required EntitlementState State { get; init; }

    public int Steps { get; init; } = 1;

    /// <summary>What was set aside or paid for it.</summary>
    public long Price { get; init; }

    /// <summary>Held or offered until then: the real clock's Unix milliseconds, exclusive; 0 for always.</summary>
    public long Until { get; init; }

    public DateOnly? ValidThrough { get; init; }

    public string? Cause { get; init; }

    /// <summary>What it was given for was undone: it is taken back, unless it has been used.</summary>
    public bool IsRecalled { get; init; }

    /// <summary>Whether its time to be confirmed is over, whether or not anybody has noticed.</summary>
    public bool HasTimedOut(DateTimeOffset now) => State is EntitlementState.Held or EntitlementState.Offered && Until != 0 && Until <= now.ToUnixTimeMilliseconds();

    /// <summary>Whether it is too late to use it.</summary>
    public bool HasExpired(DateOnly today) => State is EntitlementState.Ready or EntitlementState.Booked && ValidThrough < today;

    public EntitlementView At(DateTimeOffset now, DateOnly today) => new()
    {
        Id = Id,
        Reservation = Reservation,
        Reward = Reward,
        Steps = Steps,
        State = IsRecalled ? EntitlementState.Returned : HasTimedOut(now) ? EntitlementState.Abandoned : HasExpired(today) ? EntitlementState.Expired : State,
        Points = Price,
        Until = Until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Until),
        ValidThrough = ValidThrough,
        Cause = Cause,
    };
}

/// <summary>A gift of a reward that recognition has decided and the account has not been given yet.</summary>
public sealed record OwedReward(string Cause, string Reward);

/// <summary>A member's open rewards, oldest first: a fold over entries. What is over is in the journal, under its keys.</summary>
public sealed record Wallet(ImmutableArray<Entitlement> Open)
{
    /// <summary>
    /// With a badge, a level or a full card: given at the next look, since the catalogue and perhaps a stock are asked first. A reward that the
    /// catalogue does not have stays owed.
    /// </summary>
    public ImmutableArray<OwedReward> Owed { get; init; } = [];

    /// <summary>Gifts owed at most; beyond it the oldest are let go, as a mistake of the programme's documents.</summary>
    private const int OwedMax = 50;

    /// <summary>How many may be open at once.</summary>
    public const int Max = 100;

    public static Wallet Empty { get; } = new([]);

    public Entitlement? Find(EntitlementId id) => Open.FirstOrDefault(one => one.Id == id);

    public Entitlement? Find(ReservationId reservation) => Open.FirstOrDefault(one => one.Reservation == reservation);

    /// <summary>The wallet after one more entry of any kind; null when there is nothing in it.</summary>
    public static Wallet? After(Wallet? before, AccountEntry entry)
    {
        var next = before;
        if (entry is MergeEntry merge) next = (next ?? Empty).Apply(merge);
        if (entry is RewardEntry reward) next = (next ?? Empty).Apply(reward);
        else if (entry is PrizeReceived { Reward: { } won } prize) next = (next ?? Empty).Owe(new(prize.Prize.Cause, won));
        else if (entry is PrizeTakenBack lost) next = next?.Recall(lost.Prize.Cause);
        foreach (var change in entry.Recognised?.Changes ?? [])
        {
            if (change is GiftDue { Gift.Reward: { } given } due) next = (next ?? Empty).Owe(new(CauseOf(due.Key, due.Turn), given));
            else if (entry is not MemberJoined && change is GiftTakenBack { Gift.Reward: not null } back) next = next?.Recall(CauseOf(back.Key, back.Turn));
        }

        return next is { Open.IsEmpty: true, Owed.IsEmpty: true } ? null : next;
    }

    private Wallet Apply(RewardEntry entry) => entry switch
    {
        RewardWaiting waiting => With(new()
        {
            Id = waiting.Entitlement,
            Reservation = waiting.Reservation,
            Reward = waiting.Reward,
            State = EntitlementState.Waiting,
        }),
        RewardOffered offered => Changed(offered, one => one with { State = EntitlementState.Offered, Until = offered.Until }),
        RewardHeld held => With(new()
        {
            Id = held.Entitlement,
            Reservation = held.Reservation,
            Reward = held.Reward,
            State = EntitlementState.Held,
            Steps = held.Steps,
            Price = held.Price,
            Until = held.Until,
            Cause = held.Cause,
        }) with { Owed = held.Cause is { } cause ? Owed.RemoveAll(owed => owed.Cause == cause) : Owed },
        RewardCommitted committed => Changed(committed, one => one with
        {
            State = committed.IsSeat ? EntitlementState.Booked : EntitlementState.Ready,
            Until = 0,
            ValidThrough = committed.ValidThrough,
        }),
        RewardAbandoned or RewardUsed or RewardExpired or RewardReturned => this with { Open = Open.RemoveAll(one => one.Id == entry.Entitlement) },
        _ => this,
    };

    /// <summary>What moves with a merge. A gift that both had did not come along, so that nothing of it is taken back here.</summary>
    private Wallet Apply(MergeEntry entry) => entry switch
    {
        MemberLeft => Empty,
        MemberJoined joined => new(Open.AddRange(joined.Rewards)) { Owed = Owed.AddRange(joined.Owed) },
        MemberParted parted => new(Open.RemoveAll(one => parted.Rewards.Contains(one.Id))) { Owed = Owed.RemoveAll(owed => parted.Owed.Contains(owed.Cause)) },
        MemberRevived revived => new(revived.Rewards) { Owed = revived.Owed },
        _ => this,
    };

    /// <summary>In the place of what is known under its id, as of a seat that was waited for.</summary>
    private Wallet With(Entitlement one) => this with { Open = Open.RemoveAll(known => known.Id == one.Id).Add(one) };

    private Wallet Changed(RewardEntry entry, Func<Entitlement, Entitlement> change) =>
        Find(entry.Entitlement) is { } one ? this with { Open = Open.Replace(one, change(one)) } : this;

    private Wallet Owe(OwedReward gift) => this with { Owed = (Owed.Length < OwedMax ? Owed : Owed.RemoveAt(0)).Add(gift) };

    private Wallet Recall(string cause) => this with
    {
        Owed = Owed.RemoveAll(owed => owed.Cause == cause),
        Open = [.. Open.Select(one => one.Cause == cause ? one with { IsRecalled = true } : one)],
    };

    /// <summary>A gift that was taken back and is due again is another one.</summary>
    private static string CauseOf(string key, int turn)
    {
        var cause = FormattableString.Invariant($"{key}#{turn}");
        return cause.Length <= RewardGift.CauseMax ? cause : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cause)));
    }
}
