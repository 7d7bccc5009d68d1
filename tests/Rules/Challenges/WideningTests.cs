using System.Text;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

public sealed class WideningTests
{
    [Theory]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/target", "4", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/target", "6", "/goal")]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/of/goods", "null", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/of/goods/labels", "[\"local\", \"organic\"]", "/goal")]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/of/minSpend", "100", "/goal")]
    [InlineData("cinq-fruits-legumes-locaux", "/goal/what", "\"days\"", "/goal")]
    [InlineData("cinq-fruits-legumes-locaux", "/window/until", "\"2026-12-08\"", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/window/until", "\"2026-12-06\"", "/window/until")]
    [InlineData("cinq-fruits-legumes-locaux", "/window/from", "\"2026-12-01\"", "/window/from")]
    [InlineData("cinq-fruits-legumes-locaux", "/window/graceHours", "71", "/window/graceHours")]
    [InlineData("cinq-fruits-legumes-locaux", "/window/zone", "\"store\"", "/window/zone")]
    [InlineData("cinq-fruits-legumes-locaux", "/audience/stores", "[\"s1\"]", "/audience/stores")]
    [InlineData("cinq-fruits-legumes-locaux", "/audience/optIn", "true", "/audience/optIn")]
    [InlineData("cinq-fruits-legumes-locaux", "/beyond", "false", "/beyond")]
    [InlineData("defi-bricolage", "/caps/perDay", "3", "/caps/perDay")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/completion/points", "60", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/completion/points", "40", "/prizes/completion")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/completionMax", "500", "/prizes/completionMax")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/ranks/1/through", "20", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/ranks/1/through", "9", "/prizes/ranks")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/budget/points", "49999", "/prizes/budget/points")]
    [InlineData("cinq-fruits-legumes-locaux", "/prizes/budget", "null", null)]
    [InlineData("cinq-fruits-legumes-locaux", "/compensation", "null", "/compensation")]
    [InlineData("cinq-fruits-legumes-locaux", "/name/en", "\"Five local fruits\"", null)]
    [InlineData("look-de-la-semaine", "/prizes/completionMax", "1001", null)]
    [InlineData("look-de-la-semaine", "/prizes/completionMax", "999", "/prizes/completionMax")]
    [InlineData("look-de-la-semaine", "/audience/optIn", "false", null)]
    [InlineData("look-de-la-semaine", "/goal/steps/0/on", "[\"post\", \"share\"]", null)]
    [InlineData("look-de-la-semaine", "/goal/steps/0/on", "[\"share\"]", "/goal")]
    [InlineData("defi-bricolage", "/goal/goals/3/target", "2", null)]
    [InlineData("defi-bricolage", "/goal/target", "3", "/goal")]
    [InlineData("defi-de-quartier", "/by/stores", "[\"s1\", \"s2\", \"s3\"]", null)]
    [InlineData("defi-de-quartier", "/by/stores", "[\"s2\", \"s1\"]", "/by")]
    [InlineData("defi-de-quartier", "/by/minContribution", "3", "/by")]
    [InlineData("defi-de-quartier", "/caps/perMember", "9", "/caps/perMember")]
    [InlineData("ensemble-contre-le-gaspillage", "/by/milestones/0/at", "900", null)]
    [InlineData("ensemble-contre-le-gaspillage", "/by/milestones/0/at", "1001", "/by")]
    [InlineData("ensemble-contre-le-gaspillage", "/by/milestones/1/atOnce", "false", "/by")]
    public void What_takes_from_participants_narrows(string template, string at, string value, string? field)
    {
        var before = Template(template);
        var document = JsonNode.Parse(ChallengeDocument.Write(before))!;
        Documents.Put(document, at, JsonNode.Parse(value));
        var (after, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString()));
        Assert.Empty(errors);
        var narrows = Widening.Narrows(before, after!);
        if (field is null) Assert.Empty(narrows);
        else Assert.Equal(field, Assert.Single(narrows).Field);
    }

    [Fact]
    public void What_is_the_same_narrows_nothing() => Assert.All(TemplateNames, name => Assert.Empty(Widening.Narrows(Template(name), Template(name))));

    [Fact]
    public void Another_contest_or_goal_cannot_be_compared()
    {
        var before = Template("cinq-fruits-legumes-locaux");
        Assert.Equal(["/by", "/goal"], Widening.Narrows(before, before with { By = new Together([new(5)]), Goal = new CountGoal(On(Programmes.Earning.EarningEvent.Post)) }).Select(error => error.Field));
    }
}
