using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>The campaigns of a programme's earning rules, as marketers watch them.</summary>
internal sealed class CampaignEndpoints(ProgrammeDirectory programmes, IGrainFactory grains)
{
    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<CampaignEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/campaigns", door.For(Operation.ReadCampaigns, Lane.Others, endpoints.Get)).WithMetadata(CampaignDocs.Get);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var campaigns = (await programmes.Of(caller)).Settings.Earning?.Campaigns ?? [];
        var views = await Task.WhenAll(campaigns.Select(campaign => grains.GetGrain<ICampaignGrain>($"{caller.Programme}/{campaign.Id}").View()));
        JsonAnswer.Write(context, StatusCodes.Status200OK, campaigns.Zip(views), static (writer, all) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("campaigns"u8);
            foreach (var (campaign, view) in all) Write(writer, campaign, view);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, Campaign campaign, CampaignView view)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, campaign.Id);
        WriteLimit(writer, "budget"u8, campaign.Budget, view.Spent.Points, view.Committed.Points);
        WriteLimit(writer, "quota"u8, campaign.Quota, view.Spent.Awards, view.Committed.Awards);
        writer.WriteString("atBudget"u8, campaign.AtBudget == AtBudget.Stop ? "stop"u8 : "degrade"u8);
        writer.WriteNumber("alertAt"u8, campaign.AlertAt);
        writer.WriteString("alertedAt"u8, view.AlertedAt);
        writer.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? limit, long spent, long committed)
    {
        if (limit is not { } most)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("limit"u8, most);
        writer.WriteNumber("spent"u8, Math.Max(0, spent));
        writer.WriteNumber("committed"u8, committed);
        writer.WriteEndObject();
    }
}

internal static class CampaignDocs
{
    public static readonly OperationDoc Get = new("getCampaigns", "Programme", "Watch the campaigns",
        "Every campaign of the earning document with its budget of points and its quota of awards, null where it has none. `committed` is what was spent or is leased to nodes and "
        + "perhaps yet to be spent: it never exceeds the limit. `spent` is what they last reported. `alertedAt` is when `alertAt` per cent of either was committed for the first time.")
    {
        Permission = Operation.ReadCampaigns,
        Answer = new(200, "All campaigns.", """
            {
              "campaigns": [
                { "id": "first-500", "budget": null, "quota": { "limit": 500, "spent": 412, "committed": 430 }, "atBudget": "stop", "alertAt": 80, "alertedAt": "2026-11-21T16:04:05.1+00:00" }
              ]
            }
            """),
    };
}
