// Reads pages from standard input, one JSON string a line; answers each with a line: the list of its faults.
import { createInterface } from 'node:readline'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'

const validator = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // Valid, and how GOV.UK writes a date's fieldset, a link that looks like a button, a form's only button.
    'no-redundant-role': 'off',
    'prefer-native-element': 'off',
    'no-implicit-button-type': 'off',
  },
}))
for await (const line of createInterface({ input: process.stdin })) {
  const report = await validator.validateString(JSON.parse(line))
  const faults = report.results.flatMap(({ messages }) => messages.map(m => `line ${m.line}: ${m.message} (${m.ruleId})`))
  process.stdout.write(JSON.stringify(faults) + '\n')
}
