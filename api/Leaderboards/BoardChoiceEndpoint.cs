using System.Text.Json;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>What boards a programme has, so that a page can offer them. Segments, teams and tiers are not listed: whoever keeps them names them.</summary>
internal sealed class BoardChoiceEndpoint(ProgrammeDirectory programmes)
{
    private static readonly BoardPeriod[] Periods = [BoardPeriod.Day, BoardPeriod.Week, BoardPeriod.Month, BoardPeriod.Season, BoardPeriod.All];

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoint = ActivatorUtilities.CreateInstance<BoardChoiceEndpoint>(routes.ServiceProvider);
        routes.MapGet("/v1/boards", door.For(Operation.ReadBoards, Lane.Others, endpoint.Get)).WithMetadata(CircleDocs.GetChoices);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var programme = await programmes.Of(caller);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (programme.Settings, caller), static (writer, answer) =>
        {
            var (settings, caller) = answer;
            writer.WriteStartObject();
            writer.WriteString("currency"u8, settings.Currency);
            writer.WriteString("timeZone"u8, settings.TimeZone);
            writer.WriteString("ties"u8, TieNames.Of(settings.Boards.Ties));
            WriteScopes(writer, settings, caller);
            writer.WriteStartArray("periods"u8);
            foreach (var period in Periods)
            {
                if (period != BoardPeriod.Season || !settings.Boards.Seasons.IsEmpty) writer.WriteStringValue(BoardNames.Of(period));
            }

            writer.WriteEndArray();
            WriteSeasons(writer, settings.Boards);
            WriteMetrics(writer, settings.Boards);
            writer.WriteEndObject();
        });
    }

    private static void WriteScopes(Utf8JsonWriter writer, ProgrammeSettings settings, Caller caller)
    {
        writer.WriteStartArray("scopes"u8);
        WriteNamed(writer, BoardScope.Programme.ToString(), null);
        foreach (var store in settings.Stores)
        {
            var scope = new BoardScope(store.Id);
            if (caller.MayReadBoards(scope)) WriteNamed(writer, scope.ToString(), (store.NameFr, store.NameNl, store.NameEn));
        }

        foreach (var zone in settings.Earning?.Zones ?? [])
        {
            var name = settings.Earning!.Names.FirstOrDefault(name => name.Kind == NamedKind.Zone && name.Id == zone.Id);
            WriteNamed(writer, new BoardScope(null, new(BoardGroupKind.Region, zone.Id)).ToString(), name is null ? (zone.Id, zone.Id, zone.Id) : (name.Fr, name.Nl, name.En));
        }

        writer.WriteEndArray();
    }

    private static void WriteSeasons(Utf8JsonWriter writer, BoardSettings boards)
    {
        writer.WriteStartArray("seasons"u8);
        foreach (var season in boards.Seasons)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, season.Id);
            writer.WriteString("start"u8, $"{season.From:yyyy-MM-dd}");
            writer.WriteString("end"u8, $"{season.To:yyyy-MM-dd}");
            WriteName(writer, (season.NameFr, season.NameNl, season.NameEn));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter writer, BoardSettings boards)
    {
        writer.WriteStartArray("metrics"u8);
        foreach (var metric in (BoardMetric[])[BoardMetric.Points, BoardMetric.Receipts, BoardMetric.Spend])
        {
            var name = new BoardMetricName(metric);
            if (boards.Has(name)) WriteNamed(writer, name.ToString(), null);
        }

        foreach (var measure in boards.Measures) WriteNamed(writer, measure.Code, (measure.NameFr, measure.NameNl, measure.NameEn));
        writer.WriteEndArray();
    }

    private static void WriteNamed(Utf8JsonWriter writer, string id, (string Fr, string Nl, string En)? name)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        if (name is { } known) WriteName(writer, known);
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, (string Fr, string Nl, string En) name)
    {
        writer.WriteStartObject("name"u8);
        writer.WriteString("fr"u8, name.Fr);
        writer.WriteString("nl"u8, name.Nl);
        writer.WriteString("en"u8, name.En);
        writer.WriteEndObject();
    }
}
