using System.Text;
using System.Text.Json.Nodes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Leagues;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Leagues;

public sealed class LeagueDocumentTests
{
    [Theory]
    [InlineData("/leagues/0/promoted", "20", "/leagues/0/promoted", "out-of-bounds")]
    [InlineData("/leagues/0/efforts/1/on", "\"post\"", "/leagues/0/efforts", "event-twice")]
    [InlineData("/leagues/0/groupSize", "2", "/leagues/0/groupSize", "out-of-bounds")]
    [InlineData("/leagues/0/divisions", "[]", "/leagues/0/divisions", "out-of-bounds")]
    public void An_error_names_the_field_and_the_remedy(string at, string value, string field, string code)
    {
        var document = JsonNode.Parse("""
            { "leagues": [ { "id": "a", "name": { "fr": "A", "nl": "A", "en": "A" }, "divisions": [ { "fr": "B", "nl": "B", "en": "B" } ],
              "efforts": [ { "on": "post", "weight": 1, "perDay": 1 }, { "on": "visit", "weight": 1, "perDay": 1 } ] } ] }
            """)!;
        Assert.Empty(LeagueDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString())).Errors);
        Pointers.Put(document, at, JsonNode.Parse(value));
        Assert.Contains((field, code), LeagueDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString())).Errors.Select(error => (error.Field, error.Code)));
    }

    /// <summary>With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/leagues.schema.json", LeagueDocument.Schema);
}
