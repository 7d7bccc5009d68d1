using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Rewards;

/// <summary>Reads a catalogue of rewards: its shape first, then what its parts say of each other. All faults at once, each with field and remedy.</summary>
public static class RewardDocument
{
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>The greatest stock of a reward that has a limit for each member: its actor remembers who had one.</summary>
    public const int LimitedStockMax = 100_000;

    /// <summary>The most seats of a workshop: its actor keeps who has one.</summary>
    public const int SeatsMax = 10_000;

    private const int ErrorsMax = 100;

    /// <summary>The catalogue, or what is wrong with it: at most 100 errors, in the document's order.</summary>
    public static (RewardCatalogue? Catalogue, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > BytesMax) return (null, [new("", "too-large", "A catalogue is at most 4 MB.")]);
        try
        {
            using var json = JsonDocument.Parse(utf8, new() { MaxDepth = 32 });
            var errors = StrictDocument.Check(json.RootElement, typeof(RewardCatalogue), EarningJson.Options);
            if (!errors.IsEmpty) return (null, errors);
            var catalogue = json.RootElement.Deserialize<RewardCatalogue>(EarningJson.Options)!;
            errors = Check(catalogue);
            return (errors.IsEmpty ? catalogue : null, errors);
        }
        catch (JsonException)
        {
            return (null, [new("", "malformed-json", "Send one JSON document in UTF-8, nested at most 32 deep.")]);
        }
    }

    /// <summary>What types cannot say.</summary>
    public static ImmutableArray<DocumentError> Check(RewardCatalogue catalogue)
    {
        var seen = new HashSet<string>();
        return [.. catalogue.Rewards
            .SelectMany((reward, at) => Faults(reward, isFirst: seen.Add(reward.Id))
                .Select(fault => fault with { Field = FormattableString.Invariant($"/rewards/{at}{fault.Field}") }))
            .Take(ErrorsMax)];
    }

    /// <summary>What the reward's actor needs of it.</summary>
    public static RewardTerms TermsOf(CatalogueReward reward)
    {
        var terms = new RewardTerms
        {
            Stock = reward.Stock,
            PerMember = reward.Welcome || reward.Stock is null ? null : reward.PerMember,
            From = reward.From,
            Until = reward.Until,
            Tiers = reward.Tiers,
        };
        return reward.Gives is not WorkshopReward workshop ? terms : terms with
        {
            IsBooking = true,
            Until = reward.Until is { } until && until < workshop.StartsAt ? until : workshop.StartsAt,
            CancelUntil = workshop.StartsAt - TimeSpan.FromHours(workshop.CancelHours),
            WaitingMax = workshop.WaitingMax,
            NoShowDays = workshop.NoShowDays,
        };
    }

    private static IEnumerable<DocumentError> Faults(CatalogueReward reward, bool isFirst)
    {
        if (!isFirst) yield return new("/id", "id-twice", "Give each reward its own id.");
        if (reward.From >= reward.Until) yield return new("/until", "empty-window", "Let it end after it begins.");
        if (reward.Welcome && (reward.Points != 0 || reward.Money != 0)) yield return new("/welcome", "welcome-costs", "Make a welcome reward free: 0 points, no money.");
        if (reward.Welcome && (!reward.Tiers.IsEmpty || reward.Stock is not null)) yield return new("/welcome", "welcome-limited", "Leave out stock and tiers: everybody who joins gets it.");
        if (reward is { Welcome: false, Points: 0, Money: 0, PerMember: null }) yield return new("/points", "free-without-limit", "Ask for points or money, or limit it for each member.");
        if (!reward.Welcome && reward is { PerMember: not null, Stock: null or > LimitedStockMax })
            yield return new("/stock", "limit-without-stock", FormattableString.Invariant($"With perMember, give a stock of at most {LimitedStockMax}."));
        if (reward.Gives is PayReward && (reward.Points == 0 || reward.Money != 0 || reward.Stock is not null || reward.PerMember is not null))
            yield return new("/gives", "payment-limited", "Let a step cost points and nothing else, without stock or limit.");
        if (reward.Gives is not WorkshopReward workshop) yield break;
        if (reward.Stock is null or > SeatsMax) yield return new("/stock", "no-seats", FormattableString.Invariant($"Say how many seats there are, {SeatsMax} at most."));
        if (reward.From >= workshop.StartsAt) yield return new("/gives/startsAt", "starts-before", "Let it start after it is offered.");
    }
}
