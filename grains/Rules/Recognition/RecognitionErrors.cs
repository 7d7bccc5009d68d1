using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>What a document's references are held against, and the list of what does not fit.</summary>
internal sealed class RecognitionErrors(RecognitionRules rules)
{
    private readonly List<DocumentError> _errors = [];
    private readonly HashSet<string> _tiers = [.. rules.Tiers?.Levels.Select(level => level.Id) ?? []];
    private readonly HashSet<string> _streaks = [.. rules.Streaks.Select(streak => streak.Id)];
    private readonly HashSet<string> _rewards = [.. rules.Names.Where(name => name.Kind == NamedKind.Reward).Select(name => name.Id)];

    public IReadOnlyList<DocumentError> All => _errors;

    public void Add(string pointer, string code, string remedy) => _errors.Add(new(pointer, code, remedy));

    public void Tier(string id, string pointer)
    {
        if (!_tiers.Contains(id)) Add(pointer, "unknown-tier", "Name a tier of this document.");
    }

    public void Streak(string id, string pointer)
    {
        if (!_streaks.Contains(id)) Add(pointer, "unknown-streak", "Name a streak of this document.");
    }

    /// <summary>Greatest first, each once.</summary>
    public void Days(ImmutableArray<int> days, string pointer, int max)
    {
        for (var at = 0; at < days.Length; at++)
        {
            if (days[at] < 1 || days[at] > max) Add(FormattableString.Invariant($"{pointer}/{at}"), "out-of-bounds", FormattableString.Invariant($"Give 1 to {max} days."));
            else if (at > 0 && days[at] >= days[at - 1]) Add(FormattableString.Invariant($"{pointer}/{at}"), "not-lower", "Give fewer days than the one before.");
        }
    }

    public void Gift(Gift gift, string pointer)
    {
        if (gift is { Points: null, Reward: null }) Add(pointer, "empty", "Give points, a reward or both.");
        if (gift.Badge is not null) Add($"{pointer}/badge", "no-prize", "Only prizes of challenges are badges: leave it out.");
        if (gift.Reward is { } reward && !_rewards.Contains(reward))
            Add($"{pointer}/reward", "unnamed", $"Add {{\"kind\": \"reward\", \"id\": \"{reward}\", \"fr\": …, \"nl\": …, \"en\": …}} to /names.");
    }

    /// <summary>Nobody is pressed, shamed or threatened with a loss (spec E5).</summary>
    public void Wording(Wording wording, string pointer)
    {
        foreach (var (field, text) in new[] { ("fr", wording.Fr), ("nl", wording.Nl), ("en", wording.En) })
        {
            if (EthicsLint.PressingWord(text) is { } word) Add($"{pointer}/{field}", "pressing-words", $"'{word}' presses or threatens a loss. Say what members get.");
        }
    }
}
