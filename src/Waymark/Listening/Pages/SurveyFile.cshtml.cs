using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>The survey for other programs: its structure, its codebook, and the answers of one that is not anonymous.</summary>
public sealed class SurveyFileModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public IActionResult OnGet(string file)
    {
        var survey = HttpContext.Record<Survey>();
        var questions = db.QuestionsOf(survey.Id);
        using var output = new MemoryStream();
        switch (file)
        {
            case "survey.lss":
                output.Write(LimeSurveyWriter.Write(survey, questions));
                break;
            case "codebook.csv":
                TableCsv.Write(SurveyFiles.Codebook(survey, questions), output);
                break;
            case "answers.csv" when survey.Anonymity != Anonymity.Anonymous:
                TableCsv.Write(SurveyFiles.Sheets(db, survey, questions), output);
                break;
            case "answers.xlsx" when survey.Anonymity != Anonymity.Anonymous:
                XlsxWriter.Write(new Report($"answers-{survey.Code}", survey.Title, "", clock.Today, [$"A {survey.Anonymity.InWords()} survey: keep this file as its respondents were promised."],
                    [new Section("answers", "Answers", [SurveyFiles.Sheets(db, survey, questions)]), new Section("codebook", "Codebook", [SurveyFiles.Codebook(survey, questions)])]), output);
                break;
            default:
                return NotFound();
        }
        var type = Path.GetExtension(file) switch { ".lss" => "application/xml", ".csv" => "text/csv; charset=utf-8", _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
        return new FileContentResult(output.ToArray(), type) { FileDownloadName = string.Create(CultureInfo.InvariantCulture, $"{survey.Code}-{file}") };
    }
}
