using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>Facts of a programme's catalogue of rewards, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record RewardListEntry
{
    /// <summary>Offered, or offered on other terms. <paramref name="Place"/> is where it stands in the catalogue.</summary>
    public sealed record Listed(CatalogueReward Reward, int Place, string By, long At) : RewardListEntry
    {
        public const string Type = "catalogue.reward-listed";
    }

    public sealed record Dropped(string Id, string By, long At) : RewardListEntry
    {
        public const string Type = "catalogue.reward-dropped";
    }

    /// <summary>Every stock has heard its terms.</summary>
    public sealed record Told(long At) : RewardListEntry
    {
        public const string Type = "catalogue.told";
    }
}

/// <summary>A reward in its place, and the number that it keeps on vouchers.</summary>
public sealed record ListedReward(CatalogueReward Reward, int Place, int Number);

/// <summary>A programme's catalogue: the fold of its entries, and its snapshot.</summary>
public sealed record RewardList
{
    public static RewardList Empty { get; } = new();

    /// <summary>Changes that readers can see: listed and dropped ones.</summary>
    public long Version { get; init; }

    public ImmutableSortedDictionary<string, ListedReward> Rewards { get; init; } = ImmutableSortedDictionary<string, ListedReward>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Once given, also to rewards that are gone: a number is on paper for as long as a voucher lives.</summary>
    public ImmutableSortedDictionary<string, int> Numbers { get; init; } = ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Stocks to tell of new terms: by reward, null to close it.</summary>
    public ImmutableSortedDictionary<string, RewardTerms> Untold { get; init; } = ImmutableSortedDictionary<string, RewardTerms>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>What differs from what stands; nothing when nothing does.</summary>
    public ImmutableArray<RewardListEntry> Publish(RewardCatalogue catalogue, string by, DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        var entries = ImmutableArray.CreateBuilder<RewardListEntry>();
        for (var place = 0; place < catalogue.Rewards.Length; place++)
        {
            var reward = catalogue.Rewards[place];
            if (!(Rewards.TryGetValue(reward.Id, out var known) && known.Place == place && Same(known.Reward, reward))) entries.Add(new RewardListEntry.Listed(reward, place, by, now));
        }

        var kept = catalogue.Rewards.Select(reward => reward.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Rewards.Keys.Where(id => !kept.Contains(id))) entries.Add(new RewardListEntry.Dropped(gone, by, now));
        return entries.DrainToImmutable();
    }

    public RewardList Apply(RewardListEntry entry) => entry switch
    {
        RewardListEntry.Listed listed => List(listed),
        RewardListEntry.Dropped dropped => this with
        {
            Version = Version + 1,
            Rewards = Rewards.Remove(dropped.Id),
            Untold = Rewards.TryGetValue(dropped.Id, out var gone) && HasStock(gone.Reward)
                ? Untold.SetItem(dropped.Id, RewardDocument.TermsOf(gone.Reward) with { Until = DateTimeOffset.FromUnixTimeMilliseconds(dropped.At) })
                : Untold,
        },
        RewardListEntry.Told => this with { Untold = Untold.Clear() },
        _ => this,
    };

    /// <summary>Whether somebody counts how many there are. What has no limit is asked of nobody: it would be one actor for every till of a Saturday.</summary>
    public static bool HasStock(CatalogueReward reward) => reward.Stock is not null;

    private RewardList List(RewardListEntry.Listed listed)
    {
        var reward = listed.Reward;
        var number = Numbers.TryGetValue(reward.Id, out var known) ? known : Numbers.Count + 1;
        var untold = HasStock(reward) ? Untold.SetItem(reward.Id, RewardDocument.TermsOf(reward))
            : Rewards.TryGetValue(reward.Id, out var before) && HasStock(before.Reward)
                ? Untold.SetItem(reward.Id, RewardDocument.TermsOf(before.Reward) with { Until = DateTimeOffset.FromUnixTimeMilliseconds(listed.At) })
                : Untold;
        return this with
        {
            Version = Version + 1,
            Rewards = Rewards.SetItem(reward.Id, new(reward, listed.Place, number)),
            Numbers = Numbers.SetItem(reward.Id, number),
            Untold = untold,
        };
    }

    private static bool Same(CatalogueReward one, CatalogueReward other) =>
        one.Tiers.SequenceEqual(other.Tiers) && one with { Tiers = [] } == other with { Tiers = [] };
}
