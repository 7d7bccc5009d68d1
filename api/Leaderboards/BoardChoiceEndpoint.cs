using System.Text.Json;
using Gamification.Impacts;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>What boards a programme has, so that a page can offer them. Segments, teams and tiers are not listed: whoever keeps them names them.</summary>
internal sealed class BoardChoiceEndpoint(ProgrammeDirectory programmes, IGrainFactory grains)
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
        var isOfImpact = programme.Settings.Boards.Measures.Any(measure => measure.Of == MeasureOf.Impact);
        var impact = isOfImpact ? await grains.GetGrain<IImpactGrain>(caller.Programme).View(store: null) : new();
        JsonAnswer.Write(context, StatusCodes.Status200OK, (programme.Settings, caller, impact), static (writer, answer) =>
        {
            var (settings, caller, impact) = answer;
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
            WriteMetrics(writer, settings.Boards, impact);
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
            writer.WriteText("name"u8, season.NameFr, season.NameNl, season.NameEn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter writer, BoardSettings boards, ImpactView impact)
    {
        writer.WriteStartArray("metrics"u8);
        foreach (var metric in (BoardMetric[])[BoardMetric.Points, BoardMetric.Receipts, BoardMetric.Spend])
        {
            var name = new BoardMetricName(metric);
            if (boards.Has(name)) WriteNamed(writer, name.ToString(), null);
        }

        foreach (var measure in boards.Measures)
            WriteNamed(writer, measure.Code, (measure.NameFr, measure.NameNl, measure.NameEn), measure.Of != MeasureOf.Impact ? null : impact.Figures.FirstOrDefault(figure => figure.Counter.Id == measure.Named));
        writer.WriteEndArray();
    }

    private static void WriteNamed(Utf8JsonWriter writer, string id, (string Fr, string Nl, string En)? name, ImpactFigure? figure = null)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        if (name is { } known) writer.WriteText("name"u8, known.Fr, known.Nl, known.En);
        if (figure is not null) WriteImpact(writer, figure);
        writer.WriteEndObject();
    }

    /// <summary>What scores are in, and where the factors come from: never shown without (spec F7).</summary>
    private static void WriteImpact(Utf8JsonWriter writer, ImpactFigure figure)
    {
        writer.WriteNumber("scale"u8, 1_000);
        writer.WriteText("unit"u8, figure.Counter.Unit);
        writer.WriteStartArray("sources"u8);
        foreach (var source in figure.Sources)
        {
            writer.WriteStartObject();
            writer.WriteText("words"u8, source.Words);
            writer.WriteString("url"u8, source.Source.Url);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
