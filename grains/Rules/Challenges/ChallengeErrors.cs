using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>What does not fit in a challenge, in the document's order.</summary>
internal sealed class ChallengeErrors(ImmutableArray<Name> names)
{
    private readonly List<DocumentError> _errors = [];

    public IReadOnlyList<DocumentError> All => _errors;

    public void Add(string pointer, string code, string remedy) => _errors.Add(new(pointer, code, remedy));

    public void Gift(Gift gift, string pointer)
    {
        if (gift is { Points: null, Reward: null, Badge: null }) Add(pointer, "empty", "Give points, a reward or a badge, or several.");
        Named(NamedKind.Reward, gift.Reward, $"{pointer}/reward");
        Named(NamedKind.Badge, gift.Badge, $"{pointer}/badge");
    }

    private void Named(NamedKind kind, string? id, string pointer)
    {
        if (id is null || names.Any(name => name.Kind == kind && name.Id == id)) return;
        var word = kind == NamedKind.Badge ? "badge" : "reward";
        Add(pointer, "unnamed", $"Add {{\"kind\": \"{word}\", \"id\": \"{id}\", \"fr\": …, \"nl\": …, \"en\": …}} to /names.");
    }

    /// <summary>Nobody is pressed, shamed or threatened with a loss (spec E5, O4).</summary>
    public void Wording(Wording wording, string pointer)
    {
        foreach (var (field, text) in new[] { ("fr", wording.Fr), ("nl", wording.Nl), ("en", wording.En) })
        {
            if (EthicsLint.PressingWord(text) is { } word) Add($"{pointer}/{field}", "pressing-words", $"'{word}' presses or threatens a loss. Say what members get.");
        }
    }

    public void Twice<T>(ImmutableArray<T> list, string pointer, string code, string remedy)
    {
        for (var at = 1; at < list.Length; at++)
        {
            if (list.Take(at).Contains(list[at])) Add(FormattableString.Invariant($"{pointer}/{at}"), code, remedy);
        }
    }
}
