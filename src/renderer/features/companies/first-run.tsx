import { Button, Divider, Group, Paper, Stack, Stepper, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { usePageTitle } from '#renderer/lib/page-title.ts';
import { useText } from '#renderer/lib/texts.ts';
import { type CompanyForm, emptyForm, problemsOf } from './company-form.ts';
import { currentZone, likelyChart } from './home-countries.ts';
import { useCreateCompany } from './create-company.ts';
import { CompanyStep, SummaryStep, YearStep } from './wizard-steps.tsx';
import { OpenSample } from './open-sample.tsx';
import { OutsidePage } from '#renderer/ui/outside-page.tsx';

const MACHINE_ZONE = currentZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
const LAST_STEP = 2;

/** The wizard of three steps that makes a company; where there is none yet, the way to the sample company beside it. */
export function FirstRun() {
	const text = useText();
	const { desk } = useProgram();
	const [, setPath] = useLocation();
	const [step, setStep] = useState(0);
	const [form, setForm] = useState<CompanyForm>(() => emptyForm(likelyChart(MACHINE_ZONE), MACHINE_ZONE));
	const [isChecked, setChecked] = useState(false);
	const queries = useQueryClient();
	const open = (companyId: string): void => {
		void queries.invalidateQueries();
		setPath(formatAddress({ companyId, period: CURRENT_PERIOD, place: 'close' }));
	};
	const { create, isCreating, error } = useCreateCompany(open);
	const problems = problemsOf(form);
	const isFirst = desk.state === 'FIRST_RUN';
	usePageTitle(isFirst ? null : text('companies.new'));
	const goOn = (event: FormEvent): void => {
		event.preventDefault();
		const inHand = step === 0 ? problems.name : problems.fiscalYearStart;
		setChecked(inHand !== undefined);
		if (inHand !== undefined) return;
		if (step < LAST_STEP) setStep(step + 1);
		else create(form);
	};
	const shown = { form, setForm, problems: isChecked ? problems : {}, machineZone: MACHINE_ZONE };
	return (
		<OutsidePage>
			<Title order={1}>{text(isFirst ? 'companies.welcome' : 'companies.new')}</Title>
			{isFirst && <Text c="dimmed">{text('companies.welcome.text')}</Text>}
			<Paper withBorder p="lg" mt="md" component="form" onSubmit={goOn} noValidate>
				<Stepper active={step} size="xs" onStepClick={(to) => to < step && setStep(to)} allowNextStepsSelect={false}>
					<Stepper.Step label={text('companies.step.company')}>
						<CompanyStep {...shown} />
					</Stepper.Step>
					<Stepper.Step label={text('companies.step.year')}>
						<YearStep {...shown} />
					</Stepper.Step>
					<Stepper.Step label={text('companies.step.check')}>
						<SummaryStep {...shown} />
					</Stepper.Step>
				</Stepper>
				{error !== null && <ErrorNotice error={error} />}
				<Group justify="space-between" mt="lg">
					<Button variant="default" type="button" disabled={step === 0 && isFirst} onClick={() => (step === 0 ? setPath('/companies') : setStep(step - 1))}>
						{text('frame.back')}
					</Button>
					<Button type="submit" loading={isCreating}>
						{text(step < LAST_STEP ? 'companies.next' : 'companies.create')}
					</Button>
				</Group>
			</Paper>
			{isFirst && (
				<Stack mt="lg" gap="xs">
					<Divider label={text('companies.or')} />
					<OpenSample onOpened={open} />
				</Stack>
			)}
		</OutsidePage>
	);
}
