using System.Text.Json.Nodes;

namespace Gamification.Tests.Api;

/// <summary>
/// Every document that the description of the API shows, spoilt field by field: whatever comes, nothing breaks, and what is refused is refused as a problem that
/// names a field and a remedy. The journal proves afterwards that nothing half-made was kept.
/// </summary>
public sealed class SpoiledDocumentTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    [Fact]
    public async Task Whatever_is_wrong_in_a_document_is_answered_with_its_field_and_a_remedy()
    {
        var (member, _) = await edge.Member("2000000001234");
        var text = await (await edge.Anonymous.GetAsync("/openapi/v1.json")).Content.ReadAsStringAsync();
        var spoiling = new Spoiling(edge.Admin);

        // Runs of challenges are another host's, and keys that are made here would be the next test's.
        await spoiling.Documents(JsonNode.Parse(text.Replace("K7Q2M9XA", member, StringComparison.Ordinal))!, tag => tag is not ("Challenges" or "Access" or "Screens"));
        Assert.True(spoiling.Asked > 1_000, $"only {spoiling.Asked} documents");
        Assert.True((await Members.LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken)).IsSound);
    }
}
