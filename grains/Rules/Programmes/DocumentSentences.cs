using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules.Earning;
using Gamification.Rules.Impacts;
using Gamification.Rules.Leagues;
using Gamification.Rules.Recognition;
using Gamification.Rules.Rewards;

namespace Gamification.Rules.Programmes;

/// <summary>What a part says, as sentences made from the document itself.</summary>
public static class DocumentSentences
{
    private const int SentencesMax = 500;

    public static ImmutableArray<DocumentSentence> Of(ProgrammePart part, DocumentText? text, ProgrammeSettings settings) => (part, text) switch
    {
        (ProgrammePart.Earning, { } rules) => [.. Rules(PartReading.EarningOf(rules), settings).Take(SentencesMax)],
        (ProgrammePart.Ledger, { } ledger) => [.. LedgerWords.Of(PartReading.LedgerOf(ledger), settings).Take(SentencesMax)],
        (ProgrammePart.Recognition, { } recognition) => [.. Recognition(PartReading.RecognitionOf(recognition), settings).Take(SentencesMax)],
        (ProgrammePart.Rewards, { } rewards) => [.. Rewards(rewards, settings).Take(SentencesMax)],
        (ProgrammePart.Impact, { } impact) => [.. ImpactWords.Of(PartReading.ImpactOf(impact), settings).Take(SentencesMax)],
        (ProgrammePart.Leagues, { } leagues) => [.. LeagueWords.Of(PartReading.LeaguesOf(leagues)).Take(SentencesMax)],
        _ => [],
    };

    /// <summary>Every version of every rule: by rule, newest first. Those of the draft that are not published stand beside what is.</summary>
    public static ImmutableArray<RuleView> Views(ProgrammeDocuments documents, DateTimeOffset now)
    {
        var settings = Publishing.SettingsOf(documents)!;
        var standing = documents.TextOf(ProgrammePart.Earning) is { } text ? PartReading.EarningOf(text) : new() { Rules = [] };
        var views = Views(standing, standing.Rules.Where(rule => rule.PublishedAt is not null), settings, now, null);
        if (documents.DraftOf(ProgrammePart.Earning) is { } draft && PartReading.Read(ProgrammePart.Earning, draft.Text.Json, settings).Text is { } read)
        {
            var drafted = PartReading.EarningOf(read);
            var known = standing.Rules.Where(rule => rule.PublishedAt is not null).Select(rule => rule.VersionId).ToHashSet();
            views = views.Concat(Views(drafted, drafted.Rules.Where(rule => !known.Contains(rule.VersionId)), settings, now, draft.ValidatedAt is null ? RuleStage.Draft : RuleStage.Validated));
        }
        else
        {
            views = views.Concat(Views(standing, standing.Rules.Where(rule => rule.PublishedAt is null), settings, now, null));
        }

        return [.. views.OrderBy(view => view.Rule.Rule, StringComparer.Ordinal).ThenByDescending(view => view.Rule.Version)];
    }

    private static IEnumerable<RuleView> Views(EarningRules rules, IEnumerable<EarningRule> which, ProgrammeSettings settings, DateTimeOffset now, RuleStage? stage)
    {
        var (fr, nl, en) = (new RuleWords(Language.Fr, rules, settings), new RuleWords(Language.Nl, rules, settings), new RuleWords(Language.En, rules, settings));
        return which.Select(rule => new RuleView
        {
            Rule = rule.VersionId,
            Stage = stage ?? RuleLifecycle.StageAt(rules, rule, now),
            PublishedAt = rule.PublishedAt,
            EffectiveFrom = rule.EffectiveFrom,
            EffectiveUntil = rule.EffectiveUntil,
            Fr = fr.Of(rule),
            Nl = nl.Of(rule),
            En = en.Of(rule),
            Document = System.Text.Json.JsonSerializer.Serialize(rule, EarningJson.Options),
        });
    }

    private static IEnumerable<DocumentSentence> Rules(EarningRules rules, ProgrammeSettings settings)
    {
        var (fr, nl, en) = (new RuleWords(Language.Fr, rules, settings), new RuleWords(Language.Nl, rules, settings), new RuleWords(Language.En, rules, settings));
        return rules.Rules.Select((rule, at) => new DocumentSentence(FormattableString.Invariant($"/rules/{at}"), fr.Of(rule), nl.Of(rule), en.Of(rule)));
    }

    private static IEnumerable<DocumentSentence> Recognition(RecognitionRules rules, ProgrammeSettings settings)
    {
        RecognitionWords[] words = [new(Language.Fr, rules, settings.Currency), new(Language.Nl, rules, settings.Currency), new(Language.En, rules, settings.Currency)];
        return Each("/tiers/levels", rules.Tiers?.Levels ?? [], (word, level) => word.Of(level))
            .Concat(Each("/streaks", rules.Streaks, (word, streak) => word.Of(streak)))
            .Concat(Each("/badges", rules.Badges, (word, badge) => word.Of(badge)))
            .Concat(Each("/cards", rules.Cards, (word, card) => word.Of(card)))
            .Concat(Each("/plans", rules.Plans, (word, plan) => word.Of(plan)))
            .Concat(rules.ExpiryBonus is { } bonus ? [new("/expiryBonus", words[0].Of(bonus), words[1].Of(bonus), words[2].Of(bonus))] : []);

        IEnumerable<DocumentSentence> Each<T>(string list, ImmutableArray<T> things, Func<RecognitionWords, T, string> say) =>
            things.Select((thing, at) => new DocumentSentence(FormattableString.Invariant($"{list}/{at}"), say(words[0], thing), say(words[1], thing), say(words[2], thing)));
    }

    private static IEnumerable<DocumentSentence> Rewards(DocumentText text, ProgrammeSettings settings)
    {
        var catalogue = System.Text.Json.JsonSerializer.Deserialize<RewardCatalogue>(text.Json, EarningJson.Options)!;
        var (currency, tiers) = (settings.Currency, settings.Recognition?.Tiers);
        var (fr, nl, en) = (new RewardWords(Language.Fr, currency, tiers), new RewardWords(Language.Nl, currency, tiers), new RewardWords(Language.En, currency, tiers));
        return catalogue.Rewards.Select((reward, at) => new DocumentSentence(FormattableString.Invariant($"/rewards/{at}"), fr.Of(reward), nl.Of(reward), en.Of(reward)));
    }
}
